import { type Selection, toSelector } from "#lib/channels/selection.ts";
import type { ChannelRecord } from "#lib/resolver/source.ts";
import type { MemorySource } from "#lib/resolver/testing/memory-source.ts";

/**
 * Channels as the control plane keeps them: whatever an edit or a tag moves in or out gets the time of the ledger's
 * entry, in the same transaction.
 */
export class ChannelModel {
  readonly #source: MemorySource;

  constructor(source: MemorySource) {
    this.#source = source;
  }

  create(row: ChannelRecord): void {
    this.#source.access.channels.push(row);
    this.#source.append(null, "channel.create");
  }

  /** @param names of all servers there are. */
  select(slug: string, selection: Selection, names: readonly string[]): void {
    const channel = this.#source.access.channels.find((row) => row.slug === slug);
    if (!channel) throw new RangeError("no such channel");
    const before = names.map((name) => this.#shows(channel, name));
    channel.selection = selection;
    channel.edition += 1;
    for (const [at, name] of names.entries()) {
      if (before[at] !== this.#shows(channel, name)) this.#move(channel, name);
    }
    this.#source.append(null, "channel.update");
  }

  tag(name: string, tags: readonly string[]): void {
    const { channels } = this.#source.access;
    const before = channels.map((channel) => this.#shows(channel, name));
    const { moves } = this.#placementOf(name);
    this.#source.placements.set(name, { name, tags: [...tags], moves });
    for (const [at, channel] of channels.entries()) {
      if (before[at] !== this.#shows(channel, name)) this.#move(channel, name);
    }
    this.#source.append(name, "server.tag");
  }

  #shows({ selection }: ChannelRecord, name: string): boolean {
    return toSelector(selection as Selection)({ name, tags: this.#placementOf(name).tags });
  }

  /** @returns without effect on what it was read from. */
  #placementOf(name: string) {
    return this.#source.placements.get(name) ?? { name, tags: [], moves: [] };
  }

  /** At the time the next entry of the ledger will have. */
  #move({ id }: ChannelRecord, name: string): void {
    const { tags, moves } = this.#placementOf(name);
    const others = moves.filter(({ channelId }) => channelId !== id);
    const move = { channelId: id, at: new Date(this.#source.at + 1) };
    this.#source.placements.set(name, { name, tags, moves: [...others, move] });
  }
}
