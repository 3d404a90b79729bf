import { isDeepStrictEqual } from "node:util";
import { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import type { Channels } from "#lib/resolver/channels/channels.ts";
import { CatalogueCopy } from "#lib/resolver/follow/catalogue-copy.ts";
import type { Loaded, Replaceable } from "#lib/resolver/follow/follower.ts";
import { type KeptRevocations, RevocationMemory } from "#lib/resolver/follow/revocation-memory.ts";
import { Shelving } from "#lib/resolver/follow/shelving.ts";
import type { Followed } from "#lib/resolver/follow/trail.ts";
import { collectGarbage } from "#lib/resolver/loading/collect-garbage.ts";
import type { LoadedServer } from "#lib/resolver/loading/packed-shelves.ts";
import { ServerLoader, type ServerLoaderOptions } from "#lib/resolver/loading/server-loader.ts";
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
 * The catalogue readers see, and the next one while that is made: rows go in only through verification. A row that fails
 * is left out with an alarm and holds up no other.
 */
export class LiveCatalogue implements Replaceable<CatalogueCopy> {
  #shown: CatalogueCopy | null = null;
  #loader: ServerLoader | null = null;
  #stopped = false;
  #newestLoad: LastLoad | null = null;
  #lastLoad: LastLoad | null = null;
  #loads = 0;
  readonly #revocations: RevocationMemory;
  readonly #options: LiveOptions;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#revocations = new RevocationMemory(options.revocationFile, options.log);
  }

  /** As of now, or null before the first is shown. */
  current(): Catalogue | null {
    return this.#shown?.catalogue.at(this.#options.clock()) ?? null;
  }

  /** Channels over the catalogue of the last `current`, or null before the first is shown. */
  get channels(): Channels | null {
    return this.#shown?.open.shown ?? null;
  }

  get trust(): Trust | null {
    return this.#shown?.trust ?? null;
  }

  /** Rows left out because they failed verification. */
  get droppedRows(): number {
    return this.#shown?.shelving.droppedRows ?? 0;
  }

  get lastLoad(): LastLoad | null {
    return this.#lastLoad;
  }

  /** How often everything was loaded, and shown. */
  get loads(): number {
    return this.#loads;
  }

  async refreshKeys(): Promise<Trust> {
    const trust = await this.#options.loadTrust();
    if (this.#shown) this.#shown.trust = trust;
    return trust;
  }

  /**
   * Readers keep what they have.
   * @throws when the source cannot be read, or verification fails or is ended.
   */
  async load(): Promise<Loaded<CatalogueCopy>> {
    const { source, clock, log } = this.#options;
    const startedAt = performance.now();
    const trust = await this.refreshKeys();
    await this.#revocations.load(trust);
    const shelving = new Shelving(new Catalogue(clock()), this.#revocations, log);
    const next = new CatalogueCopy(shelving, trust, source, log);
    const takeOver = next.prepareChannels();
    const { snapshot, versions } = await this.#load(shelving, trust);
    const { position, ...record } = snapshot;
    await takeOver(record, position);
    if (!this.#shown) collectGarbage();
    const { size: servers } = next.catalogue;
    this.#newestLoad = { ms: performance.now() - startedAt, servers, versions };
    const fields = { event: "catalogue-loaded", servers, dropped: shelving.droppedRows, seq: String(position.seq) };
    log.info(fields, "Catalogue loaded");
    return { state: next, position };
  }

  show({ state: next, position }: Loaded<CatalogueCopy>): void {
    next.hideRevoked();
    if (this.#shown) next.open.inherit(this.#shown.open, position);
    this.#shown = next;
    this.#lastLoad = this.#newestLoad;
    this.#loads++;
  }

  takingOnly(): Followed {
    if (!this.#shown) throw new Error("nothing is shown that anything could be taken from");
    return this.#shown.takingOnly();
  }

  /** After a restore a reader may start before the key set that belongs to the database is there. */
  async judgedByOldKeys(): Promise<boolean> {
    if (!this.trust || this.droppedRows === 0) return false;
    const now = await this.#options.loadTrust().catch(() => this.trust);
    return !isDeepStrictEqual(now, this.trust);
  }

  /** For good: a load that is going on fails, and so does any other. */
  stop(): void {
    this.#stopped = true;
    this.#loader?.close();
  }

  async #load(shelving: Shelving, trust: Trust): Promise<{ snapshot: Snapshot; versions: number }> {
    const { source, clock, loading = { threads: 0 } } = this.#options;
    // While readers are being answered, one core is theirs.
    const threads = this.#shown ? Math.min(loading.threads, Math.max(1, loading.threads - 1)) : loading.threads;
    let versions = 0;
    const onLoaded = (server: LoadedServer) => {
      versions += server.versions.length;
      shelving.put(server);
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
   * Takes from those who read what they no longer have, and gives nothing. May come at any time, also while everything
   * is loaded.
   * @returns the last entry there was. @throws when the source cannot be read.
   */
  async withdraw(): Promise<LedgerPosition> {
    const narrow = this.#shown?.open.prepareWithdrawal();
    const { access, position } = await this.#options.source.loadAccess();
    narrow?.(access, position);
    return position;
  }
}
