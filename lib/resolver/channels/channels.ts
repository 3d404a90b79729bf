import { setImmediate as nextTurn } from "node:timers/promises";
import type { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";
import { type Channel, toChannel } from "#lib/resolver/channels/channel.ts";
import { ChannelView } from "#lib/resolver/channels/channel-view.ts";
import { commonReaders } from "#lib/resolver/channels/common-readers.ts";
import { toEditions } from "#lib/resolver/channels/editions.ts";
import { nothing } from "#lib/resolver/channels/nothing.ts";
import { Placements } from "#lib/resolver/channels/placements.ts";
import { Readers } from "#lib/resolver/channels/readers.ts";
import type { AccessRecord, ChannelsRecord, Log, PlacedRecord, PlacementRecord } from "#lib/resolver/source.ts";

export type OpenChannel = Channel & {
  /** What its readers see, as of the moment the catalogue was last moved to. */
  view: CatalogueView;
};

const turnMs = 5;

/**
 * Every channel with what it shows and who may read it. Channels and readers never change: another set takes the place
 * of this one. What a view shows follows the catalogue, as long as each change is noted.
 */
export class Channels {
  readonly readers: Readers;
  readonly #editions: string;
  readonly #bySlug: ReadonlyMap<string, OpenChannel>;
  readonly #base: Base;
  readonly #access: AccessRecord;

  private constructor(base: Base, channels: OpenChannel[], access: AccessRecord) {
    this.#base = base;
    this.#access = access;
    this.readers = new Readers(access);
    this.#editions = toEditions(access.channels);
    this.#bySlug = new Map(channels.map((channel) => [channel.slug, channel]));
  }

  /**
   * Lets others have their turn meanwhile; the catalogue must not change in them.
   * @param before over the same catalogue: what nothing has changed of is taken from there, and it must not be told of
   *   changes any more.
   */
  static async load(whole: Catalogue, record: ChannelsRecord, log: Log, before?: Channels | null): Promise<Channels> {
    const base = { whole, placements: new Placements(record.placements, log), log };
    const kept = before && before.#base.whole === whole ? before.#keepViews(base.placements) : null;
    const channels: OpenChannel[] = [];
    for (const channel of toChannels(record.access, log)) {
      channels.push({ ...channel, view: kept?.(channel) ?? (await makeView(base, channel)) });
    }
    for (const { view } of channels) if (view instanceof ChannelView) view.adopt(base.placements);
    return new Channels(base, channels, record.access);
  }

  /** @returns what gives the view of a channel as it is, where it would be the same with these placements. */
  #keepViews(placements: Placements): (channel: Channel) => ChannelView | null {
    const known = this.#base.placements;
    const sameTags = known.hasSameTags(placements);
    return ({ id, slug, selects }) => {
      const channel = this.#bySlug.get(slug);
      if (!sameTags || channel?.id !== id || channel.selects?.text !== selects?.text) return null;
      if (!(channel.view instanceof ChannelView) || !known.hasSameMoves(id, placements)) return null;
      return channel.view;
    };
  }

  /**
   * The same with other readers and switches.
   * @returns null when a channel is new, selects something else or has become for others: rows may be ahead of the entry
   *   that is followed, and then moves and tags must be read with them, or somebody would be shown what was never for
   *   them.
   */
  withAccess(access: AccessRecord): Channels | null {
    const channels: OpenChannel[] = [];
    for (const channel of toChannels(access, this.#base.log)) {
      const known = this.#bySlug.get(channel.slug);
      if (!known || !isSameView(known, channel)) return null;
      channels.push({ ...channel, view: known.view });
    }
    return new Channels(this.#base, channels, access);
  }

  /**
   * The same without what a later reading has no more: for when views cannot be made yet, since what is taken away must
   * be felt at once and what is given can wait. A channel that has become for others is closed to all. The selection is
   * not compared: what is shown stays.
   */
  narrowedTo(access: AccessRecord): Channels {
    const rows = new Map(access.channels.map((row) => [row.slug, row]));
    const channels = [...this.#bySlug.values()].flatMap((channel) => {
      const row = rows.get(channel.slug);
      if (row?.id !== channel.id || row.audience !== channel.audience) return [];
      return [{ ...channel, disabled: channel.disabled || row.disabled, serveV0: channel.serveV0 && row.serveV0 }];
    });
    return new Channels(this.#base, channels, { ...this.#access, ...commonReaders(this.#access, access) });
  }

  find(slug: string): OpenChannel | null {
    return this.#bySlug.get(slug) ?? null;
  }

  /**
   * Whether a placement belongs to what the channels select. One that is ahead of it must not be noted: a tag of today
   * and a selection of yesterday may show what neither day did.
   */
  isPlacedBy({ channels }: PlacedRecord): boolean {
    return toEditions(channels) === this.#editions;
  }

  /** Must follow every change of a server in the catalogue. @param placement as of now, where it was read anew. */
  note(name: string, placement: PlacementRecord | null): void {
    if (placement) this.#base.placements.set(placement);
    for (const channel of this.#bySlug.values()) {
      if (channel.view instanceof ChannelView) channel.view.note(name);
      // Nobody moves in or out of a channel that selects everything but by an edit, which is loaded as a whole.
    }
  }
}

function isSameView(known: Channel, now: Channel): boolean {
  const opened = known.disabled && !now.disabled;
  return known.id === now.id && known.selects?.text === now.selects?.text && known.audience === now.audience && !opened;
}

function toChannels({ channels }: AccessRecord, log: Log): Channel[] {
  return channels.flatMap((record) => toChannel(record, log) ?? []);
}

type Base = { whole: Catalogue; placements: Placements; log: Log };

async function makeView({ whole, placements }: Base, { id, selects }: Channel): Promise<CatalogueView> {
  if (!selects) return nothing;
  if (selects.all && placements.movesOf(id).size === 0) return whole;
  const view = new ChannelView(whole, id, selects, placements);
  let turnEnds = performance.now() + turnMs;
  for (const _ of view.fill()) {
    if (performance.now() < turnEnds) continue;
    await nextTurn();
    turnEnds = performance.now() + turnMs;
  }
  return view;
}
