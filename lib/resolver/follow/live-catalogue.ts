import { setImmediate as nextTurn } from "node:timers/promises";
import { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import { type VerifiedVersion, verifyVersion } from "#lib/resolver/catalogue/verified-version.ts";
import type { Followed } from "#lib/resolver/follow/follower.ts";
import { type KeptRevocations, RevocationMemory } from "#lib/resolver/follow/revocation-memory.ts";
import type { CatalogueSource, LedgerPosition, Log, ServerRecord } from "#lib/resolver/source.ts";

export type LiveOptions = {
  source: CatalogueSource;
  loadTrust: () => Promise<Trust>;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Where signed revocations outlive this process; null to remember them only while it runs. */
  revocationFile: KeptRevocations | null;
  log: Log;
};

const serversPerTurn = 50;

/**
 * The catalogue and how it changes: rows go in only through verification. A row that fails is left out with an alarm
 * and holds up no other.
 */
export class LiveCatalogue implements Followed {
  #catalogue: Catalogue | null = null;
  #trust: Trust | null = null;
  #dropped = new Map<string, number>();
  readonly #unsettled = new Set<string>();
  readonly #revocations: RevocationMemory;
  readonly #options: LiveOptions;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#revocations = new RevocationMemory(options.revocationFile, options.log);
  }

  /** As of now, or null before the first load. */
  current(): Catalogue | null {
    return this.#catalogue?.at(this.#options.clock()) ?? null;
  }

  get trust(): Trust | null {
    return this.#trust;
  }

  /** Rows left out because they failed verification. */
  get droppedRows(): number {
    return [...this.#dropped.values()].reduce((sum, count) => sum + count, 0);
  }

  unsettled(): Iterable<string> {
    return this.#unsettled;
  }

  /** Readers keep the old catalogue until the new one is complete. */
  async reload(): Promise<LedgerPosition> {
    const trust = await this.#options.loadTrust();
    await this.#revocations.load(trust);
    const next = new Catalogue(this.#options.clock());
    const dropped = new Map<string, number>();
    let servers = 0;
    const { position } = await this.#options.source.loadSnapshot(async (record) => {
      this.#shelve(next, dropped, record, trust);
      if (++servers % serversPerTurn === 0) await nextTurn();
    });
    this.#catalogue = next;
    this.#trust = trust;
    this.#dropped = dropped;
    this.#unsettled.clear();
    const facts = {
      event: "catalogue-loaded",
      servers: next.size,
      dropped: this.droppedRows,
      seq: String(position.seq),
    };
    this.#options.log.info(facts, "Catalogue loaded");
    return position;
  }

  /**
   * A server whose rows cannot be read is hidden and tried again, since the change might be a revocation. When nothing
   * can be read, the last good state stays.
   */
  async refresh(name: string): Promise<void> {
    if (!this.#catalogue || !this.#trust) return;
    try {
      const record = await this.#options.source.loadServer(name);
      this.#shelve(this.#catalogue, this.#dropped, record ?? { name, versions: [] }, this.#trust);
      this.#unsettled.delete(name);
    } catch (error) {
      await this.#options.source.readLedger(0n, 1);
      this.#options.log.error(
        { event: "server-unreadable", server: name, err: error },
        "Hidden: its rows cannot be read",
      );
      this.#catalogue.put(name, []);
      this.#unsettled.add(name);
    }
  }

  /** Never throws: a server nothing can be made of is hidden, and the others go on. */
  #shelve(catalogue: Catalogue, dropped: Map<string, number>, record: ServerRecord, trust: Trust): void {
    const { name, versions } = record;
    try {
      const verified = versions.flatMap((version) => this.#verify(name, version, trust) ?? []);
      catalogue.put(name, this.#revocations.apply(name, verified));
      const failed = versions.length - verified.length;
      if (failed > 0) dropped.set(name, failed);
      else dropped.delete(name);
    } catch (error) {
      this.#options.log.error(
        { event: "server-refused", server: name, err: error },
        "Hidden: nothing can be made of it",
      );
      catalogue.put(name, []);
      dropped.set(name, 1);
    }
  }

  #verify(name: string, version: ServerRecord["versions"][number], trust: Trust): VerifiedVersion | null {
    try {
      return verifyVersion(name, version, trust);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const fields = { event: "row-refused", server: name, version: version.version, reason };
      this.#options.log.error(fields, "A version row failed verification and is not shown");
      return null;
    }
  }
}
