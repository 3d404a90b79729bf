import { isDeepStrictEqual } from "node:util";
import { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import { Channels } from "#lib/resolver/channels/channels.ts";
import type { Followed } from "#lib/resolver/follow/follower.ts";
import { OpenChannels } from "#lib/resolver/follow/open-channels.ts";
import { type KeptRevocations, RevocationMemory } from "#lib/resolver/follow/revocation-memory.ts";
import { Shelving } from "#lib/resolver/follow/shelving.ts";
import type { LoadedServer } from "#lib/resolver/loading/packed-shelves.ts";
import { ServerLoader, type ServerLoaderOptions } from "#lib/resolver/loading/server-loader.ts";
import { verifyServerInTurns } from "#lib/resolver/loading/verify-server.ts";
import type { CatalogueSource, LedgerPosition, Log, Snapshot } from "#lib/resolver/source.ts";

export type LiveOptions = {
  source: CatalogueSource;
  loadTrust: () => Promise<Trust>;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Where signed revocations outlive this process; null to remember them only while it runs. */
  revocationFile: KeptRevocations | null;
  /** How a whole catalogue is verified; without, on this thread alone. */
  loading?: LoadingOptions;
  log: Log;
};

/** What the last loading of everything took and brought. */
export type LastLoad = { ms: number; servers: number; versions: number };

export type LoadingOptions = Pick<ServerLoaderOptions, "threads" | "aloneUpTo" | "silenceMs" | "startWorker">;

/**
 * The catalogue and how it changes: rows go in only through verification. A row that fails is left out with an alarm
 * and holds up no other.
 */
export class LiveCatalogue implements Followed {
  #shelving: Shelving | null = null;
  readonly #open = new OpenChannels();
  #trust: Trust | null = null;
  #loader: ServerLoader | null = null;
  #stopped = false;
  #lastLoad: LastLoad | null = null;
  #loads = 0;
  readonly #unsettled = new Set<string>();
  readonly #revocations: RevocationMemory;
  readonly #options: LiveOptions;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#revocations = new RevocationMemory(options.revocationFile, options.log);
  }

  /** As of now, or null before the first load. */
  current(): Catalogue | null {
    return this.#shelving?.catalogue.at(this.#options.clock()) ?? null;
  }

  /** Channels over the catalogue of the last `current`, or null before the first load. */
  get channels(): Channels | null {
    return this.#open.shown;
  }

  get trust(): Trust | null {
    return this.#trust;
  }

  /** Rows left out because they failed verification. */
  get droppedRows(): number {
    return this.#shelving?.droppedRows ?? 0;
  }

  get lastLoad(): LastLoad | null {
    return this.#lastLoad;
  }

  /** How often everything was loaded. */
  get loads(): number {
    return this.#loads;
  }

  unsettled(): Iterable<string> {
    return this.#unsettled;
  }

  /**
   * Readers keep the old catalogue until the new one is complete.
   * @throws when the source cannot be read, or verification fails or is ended.
   */
  async reload(): Promise<LedgerPosition> {
    const { clock, log } = this.#options;
    const startedAt = performance.now();
    const takeOver = this.#open.prepare();
    const trust = await this.#options.loadTrust();
    await this.#revocations.load(trust);
    const next = new Shelving(new Catalogue(clock()), this.#revocations, log);
    const { snapshot, versions } = await this.#load(next, trust);
    const { position, ...record } = snapshot;
    const channels = await Channels.load(next.catalogue, record, log);
    this.#shelving = next;
    takeOver(channels, position);
    this.#trust = trust;
    this.#unsettled.clear();
    const { droppedRows: dropped, catalogue } = next;
    this.#lastLoad = { ms: performance.now() - startedAt, servers: catalogue.size, versions };
    this.#loads++;
    log.info(
      { event: "catalogue-loaded", servers: catalogue.size, dropped, seq: String(position.seq) },
      "Catalogue loaded",
    );
    return position;
  }

  /** After a restore a reader may start before the key set that belongs to the database is there. */
  async judgedByOldKeys(): Promise<boolean> {
    if (!this.#trust || this.droppedRows === 0) return false;
    const now = await this.#options.loadTrust().catch(() => this.#trust);
    return !isDeepStrictEqual(now, this.#trust);
  }

  /** For good: a reload that is going on fails, and so does any other. */
  stop(): void {
    this.#stopped = true;
    this.#loader?.close();
  }

  async #load(next: Shelving, trust: Trust): Promise<{ snapshot: Snapshot; versions: number }> {
    const { source, clock, loading = { threads: 0 } } = this.#options;
    // While readers are being answered, one core is theirs.
    const threads = this.#shelving ? Math.min(loading.threads, Math.max(1, loading.threads - 1)) : loading.threads;
    let versions = 0;
    const onLoaded = (server: LoadedServer) => {
      versions += server.versions.length;
      next.put(server);
    };
    const loader = new ServerLoader({ ...loading, threads, trust, clock, onLoaded });
    this.#loader = loader;
    if (this.#stopped) loader.close();
    try {
      const snapshot = await source.loadSnapshot((record) => loader.add(record));
      await loader.finish();
      return { snapshot, versions };
    } finally {
      loader.close();
    }
  }

  /**
   * A server whose rows cannot be read is hidden and tried again, since the change might be a revocation. When nothing
   * can be read, the last good state stays.
   */
  async refresh(name: string): Promise<LedgerPosition[]> {
    if (!this.#shelving || !this.#trust) return [];
    const { source } = this.#options;
    try {
      const { server, placement, position } = await source.loadServer(name);
      // Tags and moves ahead of the selections known are taken over together with the selections they belong to.
      const belongs = this.#open.known?.isPlacedBy(placement);
      const load = belongs ? null : await this.#readChannels();
      const verified = await verifyServerInTurns(server ?? { name, versions: [] }, this.#trust);
      this.#shelving.put({ ...verified, shelf: null, digestKeys: [] });
      this.#open.known?.note(name, belongs ? placement : null);
      this.#unsettled.delete(name);
      return [position, ...((await load?.()) ?? [])];
    } catch (error) {
      await source.readLedger(0n, 1);
      this.#options.log.error(
        { event: "server-unreadable", server: name, err: error },
        "Hidden: its rows cannot be read",
      );
      this.#shelving.hide(name);
      this.#open.known?.note(name, null);
      this.#unsettled.add(name);
      return [];
    }
  }

  async refreshChannels(): Promise<LedgerPosition[]> {
    const load = await this.#readChannels();
    return load();
  }

  async refreshAccess(): Promise<LedgerPosition[]> {
    const takeOver = this.#open.prepare();
    const { access, position } = await this.#options.source.loadAccess();
    const next = this.#open.known?.withAccess(access);
    if (!next) return this.refreshChannels();
    takeOver(next, position);
    return [position];
  }

  /**
   * Takes from those who read what they no longer have, and gives nothing. May come at any time, also while everything
   * is loaded.
   * @returns the last entry there was. @throws when the source cannot be read.
   */
  async withdraw(): Promise<LedgerPosition> {
    const narrow = this.#open.prepareWithdrawal();
    const { access, position } = await this.#options.source.loadAccess();
    narrow(access, position);
    return position;
  }

  hasWithdrawn(): boolean {
    return this.#open.isNarrowed;
  }

  /** @returns what takes over what was read. */
  async #readChannels(): Promise<() => Promise<LedgerPosition[]>> {
    const takeOver = this.#open.prepare();
    const { position, ...record } = await this.#options.source.loadChannels();
    return async () => {
      if (!this.#shelving) return [];
      const { catalogue } = this.#shelving;
      takeOver(await Channels.load(catalogue, record, this.#options.log, this.#open.known), position);
      return [position];
    };
  }
}
