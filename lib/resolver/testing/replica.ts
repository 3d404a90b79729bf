import type { CatalogueCopy } from "#lib/resolver/follow/catalogue-copy.ts";
import { LedgerFollower } from "#lib/resolver/follow/follower.ts";
import { LiveCatalogue } from "#lib/resolver/follow/live-catalogue.ts";
import type { LookWhile } from "#lib/resolver/follow/look-while.ts";
import type { KeptRevocations } from "#lib/resolver/follow/revocation-memory.ts";
import { answerList } from "#lib/resolver/http/answer.ts";
import { toBuffer } from "#lib/resolver/http/parted-body.ts";
import type { CatalogueSource } from "#lib/resolver/source.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { now, type TestRegistry } from "#lib/resolver/testing/registry.ts";

export type WireEntry = {
  server: { name: string; version: string };
  _meta: { "io.modelcontextprotocol.registry/official": { updatedAt: string; isLatest: boolean; status: string } };
};
export type WirePage = { servers: WireEntry[]; metadata: { count: number; nextCursor?: string } };

/** The reader is to go no further at present. */
class Paused extends Error {}

/** A reader without its own timers: it follows the ledger, and answers lists, when told. */
export class Replica {
  clock = now;
  readonly #source: CatalogueSource;
  readonly #registry: TestRegistry;
  readonly #revocationFile: KeptRevocations | null;
  #visible = 0n;
  #live!: LiveCatalogue;
  #follower!: LedgerFollower<CatalogueCopy>;
  /** While everything is loaded beside what is shown. */
  #look: (() => Promise<void>) | null = null;

  /** @param revocationFile what outlives a restart. */
  constructor(source: CatalogueSource, registry: TestRegistry, revocationFile: KeptRevocations | null = null) {
    this.#source = source;
    this.#registry = registry;
    this.#revocationFile = revocationFile;
    this.restart();
  }

  /** Forgets everything, as a new process would have. */
  restart(): void {
    const log = recordingLog();
    const loadTrust = async () => this.#registry;
    this.#live = new LiveCatalogue({
      source: this.#source,
      loadTrust,
      clock: () => this.clock,
      revocationFile: this.#revocationFile,
      log,
    });
    const readLedger = async (from: bigint, limit: number) => {
      const entries = await this.#source.readLedger(from, limit);
      if (from >= this.#visible && entries.some(({ seq }) => seq > from)) throw new Paused();
      return entries.filter(({ seq }) => seq <= this.#visible || seq <= from);
    };
    this.#follower = new LedgerFollower({ readLedger }, this.#live, log, { lookWhile: this.#lookWhile });
  }

  readonly #lookWhile: LookWhile = async (work, look) => {
    const never = new AbortController().signal;
    this.#look = () => look(never);
    try {
      return await work();
    } finally {
      this.#look = null;
    }
  };

  /**
   * While everything is loaded, follows what is shown once; does nothing otherwise. To be called from a read of the load.
   * What it throws is left to the next time, as a real reader does.
   */
  async followBeside(): Promise<void> {
    const look = this.#look;
    this.#look = null;
    if (!look) return;
    await look().catch(() => {});
    this.#look = look;
  }

  /**
   * Reads at most so many more ledger entries. Rows are always read as they are now: later changes may show before the
   * entries that announce them, as when a reader is slower than the writers.
   */
  async catchUp(entries: number): Promise<void> {
    this.#visible = (this.#follower.position?.seq ?? 0n) + BigInt(entries);
    await this.#follower.catchUp().catch((error) => {
      if (!(error instanceof Paused)) throw error;
    });
  }

  /** Whether a token may read a channel. */
  admits(token: string, slug: string): boolean {
    const { channels } = this.#live;
    const channel = channels?.find(slug);
    return channels?.readers.findByToken(token, channel?.id ?? "", this.clock)?.admitted === true;
  }

  /**
   * @param channel whose view; without, the whole catalogue.
   * @throws DomainError as a client would get it.
   */
  list(query: Record<string, string>, channel?: string): WirePage {
    const catalogue = this.#live.current();
    const view = channel === undefined ? catalogue : this.#live.channels?.find(channel)?.view;
    if (!catalogue || !view) throw new Error("not loaded");
    const reply = answerList(view, new URLSearchParams(query), this.#follower.syncedUntil ?? 0);
    return JSON.parse(toBuffer(reply.body).toString());
  }
}
