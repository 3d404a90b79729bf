import type { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import { Channels } from "#lib/resolver/channels/channels.ts";
import { OpenChannels } from "#lib/resolver/follow/open-channels.ts";
import type { Shelving } from "#lib/resolver/follow/shelving.ts";
import { takeOnly } from "#lib/resolver/follow/taking.ts";
import type { Followed } from "#lib/resolver/follow/trail.ts";
import { type VerifiedServer, verifyServerInTurns } from "#lib/resolver/loading/verify-server.ts";
import type { CatalogueSource, ChannelsRecord, LedgerPosition, Log, ServerReading } from "#lib/resolver/source.ts";

/** One catalogue with its channels and how it changes. There are two while everything is loaded anew. */
export class CatalogueCopy implements Followed {
  readonly shelving: Shelving;
  readonly open = new OpenChannels();
  /** What rows are judged by from now on. */
  trust: Trust;
  readonly #unsettled = new Set<string>();
  readonly #source: CatalogueSource;
  readonly #log: Log;

  constructor(shelving: Shelving, trust: Trust, source: CatalogueSource, log: Log) {
    this.shelving = shelving;
    this.trust = trust;
    this.#source = source;
    this.#log = log;
  }

  get catalogue(): Catalogue {
    return this.shelving.catalogue;
  }

  unsettled(): Iterable<string> {
    return this.#unsettled;
  }

  hasWithdrawn(): boolean {
    return this.open.isNarrowed;
  }

  /**
   * A server whose rows cannot be read is hidden and tried again, since the change might be a revocation. When nothing
   * can be read, the last good state stays.
   */
  refresh(name: string): Promise<LedgerPosition[]> {
    return this.#orHide(name, async () => {
      const reading = await this.#source.loadServer(name);
      const { placement, position } = reading;
      // Tags and moves ahead of the selections known are taken over together with the selections they belong to.
      const belongs = this.open.known?.isPlacedBy(placement);
      const load = belongs ? null : await this.#readChannels();
      this.#put(await this.#verify(name, reading));
      this.open.known?.note(name, belongs ? placement : null);
      this.#unsettled.delete(name);
      return [position, ...((await load?.()) ?? [])];
    });
  }

  async refreshChannels(): Promise<LedgerPosition[]> {
    const load = await this.#readChannels();
    return load();
  }

  async refreshAccess(): Promise<LedgerPosition[]> {
    const takeOver = this.open.prepare();
    const { access, position } = await this.#source.loadAccess();
    const next = this.open.known?.withAccess(access);
    if (!next) return this.refreshChannels();
    takeOver(next, position);
    return [position];
  }

  /**
   * The same state where only what its servers lost is taken over. Tags, selections and readers stay: of another
   * database, they do not belong to these servers.
   */
  takingOnly(): Followed {
    const nothing = async () => [];
    return {
      refresh: (name) => this.#takeFrom(name),
      unsettled: () => [],
      refreshChannels: nothing,
      refreshAccess: nothing,
      hasWithdrawn: () => false,
    };
  }

  /** Takes over everything about channels of one reading, to be called before it. */
  prepareChannels(): (record: ChannelsRecord, position: LedgerPosition) => Promise<void> {
    const takeOver = this.open.prepare();
    return async (record, position) =>
      takeOver(await Channels.load(this.catalogue, record, this.#log, this.open.known), position);
  }

  /** Hides what was revoked by signatures that were seen since it was put in. */
  hideRevoked(): void {
    for (const name of this.shelving.hideRevoked()) this.open.known?.note(name, null);
  }

  async #takeFrom(name: string): Promise<LedgerPosition[]> {
    const shelf = this.catalogue.find(name);
    if (!shelf) return [];
    return this.#orHide(name, async () => {
      const reading = await this.#source.loadServer(name);
      const verified = await this.#verify(name, reading);
      const known = shelf.entries.map(({ facts }) => facts);
      this.#put({ ...verified, versions: takeOnly(known, verified.versions) });
      this.open.known?.note(name, null);
      return [reading.position];
    });
  }

  #verify(name: string, { server }: ServerReading): Promise<VerifiedServer> {
    return verifyServerInTurns(server ?? { name, versions: [] }, this.trust);
  }

  #put(server: VerifiedServer): void {
    this.shelving.put({ ...server, shelf: null, digestKeys: [] });
  }

  async #orHide(name: string, read: () => Promise<LedgerPosition[]>): Promise<LedgerPosition[]> {
    try {
      return await read();
    } catch (error) {
      await this.#source.readLedger(0n, 1);
      const fields = { event: "server-unreadable", server: name, err: error };
      this.#log.error(fields, "Hidden: its rows cannot be read");
      this.shelving.hide(name);
      this.open.known?.note(name, null);
      this.#unsettled.add(name);
      return [];
    }
  }

  /** @returns what takes over what was read. */
  async #readChannels(): Promise<() => Promise<LedgerPosition[]>> {
    const takeOver = this.prepareChannels();
    const { position, ...record } = await this.#source.loadChannels();
    return async () => {
      await takeOver(record, position);
      return [position];
    };
  }
}
