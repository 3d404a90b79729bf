import type { CatalogueSource } from "#lib/resolver/source.ts";
import { tokenText } from "#lib/resolver/testing/channels.ts";
import type { TestRegistry } from "#lib/resolver/testing/registry.ts";
import { Replica, type WireEntry, type WirePage } from "#lib/resolver/testing/replica.ts";
import { tokens } from "#lib/testing/trouble/memory-steps.ts";
import { troubleSource } from "#lib/testing/trouble/troubled-source.ts";

/** What a file is to a real reader. */
class Kept {
  readonly #statements: Buffer[] = [];

  async read(): Promise<Buffer[]> {
    return [...this.#statements];
  }

  append(statement: Uint8Array): void {
    this.#statements.push(Buffer.from(statement));
  }
}

type Interrupt = () => void | Promise<void>;

/** More entries than there ever are. */
const enough = 1_000_000;

const walks: Record<string, string>[] = [
  { include_deleted: "true" },
  { include_deleted: "true", limit: "2" },
  { version: "latest" },
  { search: "b" },
  { updated_since: "1970-01-01T00:00:00Z" },
  { updated_since: "1970-01-01T00:00:00Z", limit: "2" },
];

/** A reader whose connection a schedule cuts and whose reads it interrupts. */
export class TroubledReader {
  readonly replica: Replica;
  cut = false;
  loaded = false;
  readonly #source: CatalogueSource;
  readonly #registry: TestRegistry;
  readonly #kept = new Kept();
  readonly #revoked = new Set<string>();
  #interrupts: Interrupt[] = [];

  constructor(source: CatalogueSource, registry: TestRegistry) {
    this.#source = source;
    this.#registry = registry;
    this.replica = new Replica(
      troubleSource(source, () => this.#beforeRead()),
      registry,
      this.#kept,
    );
  }

  restart(): void {
    this.replica.restart();
    this.loaded = false;
  }

  /** Follows the ledger to its end. When the connection is lost on the way, the rest is left to the next time. */
  async follow(interrupts: Interrupt[] = []): Promise<void> {
    this.#interrupts = interrupts;
    try {
      await this.replica.catchUp(enough);
      this.loaded = true;
    } catch (error) {
      if (!(error instanceof ConnectionLost || isAway(error))) throw error;
    } finally {
      this.#interrupts = [];
    }
  }

  /** Bytes of every list, and who may read which channel, as this reader has it. */
  everything(replica = this.replica): string[] {
    const pages = walks.flatMap((query) => walk(replica, query));
    const ofChannels = ["default", "team"].flatMap((channel) => walk(replica, { include_deleted: "true" }, channel));
    const admitted = tokens.filter((fill) => replica.admits(tokenText(fill), "team"));
    return [...pages, ...ofChannels, `admitted: ${admitted}`];
  }

  /** The same from a reader that knows nothing but the database as it is, and what outlives a restart. */
  async everythingAnew(): Promise<string[]> {
    const fresh = new Replica(this.#source, this.#registry, this.#kept);
    fresh.clock = this.replica.clock;
    await fresh.catchUp(enough);
    return this.everything(fresh);
  }

  /** @throws Error for a version that this reader has shown as revoked and now shows otherwise. */
  assertNothingRevokedIsBack(): void {
    if (!this.loaded) return;
    const page: WirePage = this.replica.list({ include_deleted: "true", limit: "100" });
    for (const entry of page.servers) {
      const key = keyOf(entry);
      const { status } = official(entry);
      if (status === "deleted" && /^Revoked/.test(messageOf(entry))) this.#revoked.add(key);
      else if (this.#revoked.has(key)) throw new Error(`${key} was revoked and is ${status} again`);
    }
  }

  async #beforeRead(): Promise<void> {
    await this.#interrupts.shift()?.();
    this.assertNothingRevokedIsBack();
    if (this.cut) throw new ConnectionLost();
  }
}

function walk(replica: Replica, query: Record<string, string>, channel?: string): string[] {
  const pages: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = replica.list({ ...query, ...(cursor ? { cursor } : {}) }, channel);
    pages.push(JSON.stringify({ query, channel, page }));
    cursor = page.metadata.nextCursor;
    if (cursor === undefined) return pages;
  }
}

export class ConnectionLost extends Error {}

function isAway(error: unknown): boolean {
  return error instanceof Error && error.message === "connection refused";
}

function official(entry: WireEntry) {
  return entry._meta["io.modelcontextprotocol.registry/official"];
}

function messageOf(entry: WireEntry): string {
  return String((official(entry) as { statusMessage?: string }).statusMessage ?? "");
}

function keyOf(entry: WireEntry): string {
  const meta = (entry._meta as Record<string, unknown>)["countersign/approval"] as { manifest: { digest: string } };
  return `${entry.server.name} ${entry.server.version} ${meta.manifest.digest}`;
}
