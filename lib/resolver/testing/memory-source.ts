import { sha256Hex } from "#lib/core/digest.ts";
import type {
  AccessReading,
  AccessRecord,
  CatalogueSource,
  LedgerEvent,
  LedgerPosition,
  Log,
  PlacementRecord,
  ResolutionBatch,
  ResolutionCount,
  ServerReading,
  ServerRecord,
  Snapshot,
  VersionRecord,
} from "#lib/resolver/source.ts";
import { standardAccess } from "#lib/resolver/testing/channels.ts";
import { bundleBytes, now, trustRootBytes } from "#lib/resolver/testing/registry.ts";

/** A database in memory whose rows and ledger a test changes as it likes. */
export class MemorySource implements CatalogueSource {
  readonly servers = new Map<string, VersionRecord[]>();
  access: AccessRecord = standardAccess();
  readonly placements = new Map<string, PlacementRecord>();
  /** What readers counted, as it was handed over. */
  readonly resolutions: ResolutionCount[] = [];
  ledger: LedgerEvent[] = [];
  /** Servers whose reading fails. */
  readonly poisoned = new Set<string>();
  /** Nothing can be read. */
  away = false;
  snapshots = 0;
  /** The ledger's time, which each entry moves. */
  at = now;
  #wake = () => {};

  set(name: string, ...versions: VersionRecord[]): this {
    this.servers.set(name, versions);
    return this;
  }

  append(serverName: string | null, action = "version.countersign"): void {
    const seq = BigInt(this.ledger.length + 1);
    this.at += 1;
    this.ledger.push({ seq, at: this.at, sha256: sha256Hex(`entry ${seq} ${Math.random()}`), action, serverName });
  }

  /** Loses the newest entries. */
  cut(count: number): this {
    this.ledger = this.ledger.slice(0, -count);
    return this;
  }

  notify(): void {
    this.#wake();
  }

  async loadSnapshot(consume: (server: ServerRecord) => void | Promise<void>): Promise<Snapshot> {
    const snapshot = this.#readChannels();
    this.snapshots++;
    // Copied first: whatever is written while a reader loads is in no row of it.
    for (const [name, versions] of [...this.servers]) await consume({ name, versions });
    return snapshot;
  }

  async loadChannels(): Promise<Snapshot> {
    return this.#readChannels();
  }

  async loadAccess(): Promise<AccessReading> {
    const { access, position } = this.#readChannels();
    return { access, position };
  }

  async loadServer(name: string): Promise<ServerReading> {
    this.#assertReachable();
    if (this.poisoned.has(name)) throw new Error("a value could not be decoded");
    const versions = this.servers.get(name);
    const placement = this.placements.get(name) ?? { name, tags: [], moves: [] };
    return {
      server: versions ? { name, versions } : null,
      placement: structuredClone({ ...placement, channels: this.access.channels }),
      position: this.#position(),
    };
  }

  async addResolutions({ counts }: ResolutionBatch): Promise<void> {
    this.#assertReachable();
    this.resolutions.push(...counts);
  }

  async readLedger(fromSeq: bigint, limit: number): Promise<LedgerEvent[]> {
    this.#assertReachable();
    return this.ledger.filter((entry) => entry.seq >= fromSeq).slice(0, limit);
  }

  async readBlob(kind: "bundle" | "approval" | "trusted-root", sha256: string): Promise<Uint8Array | null> {
    this.#assertReachable();
    const rows = [...this.servers].flatMap(([name, versions]) => versions.map((row) => ({ name, ...row })));
    const stored = {
      bundle: () => rows.map((row) => bundleBytes(row.name, row.version)),
      approval: () => rows.flatMap((row) => row.approvals.flatMap((approval) => approval.bundle ?? [])),
      "trusted-root": () => [trustRootBytes],
    }[kind]();
    return stored.find((bytes) => sha256Hex(bytes) === sha256) ?? null;
  }

  listen(wake: () => void): () => Promise<void> {
    this.#wake = wake;
    return async () => {};
  }

  #readChannels(): Snapshot {
    this.#assertReachable();
    const placements = structuredClone([...this.placements.values()]);
    return { access: structuredClone(this.access), placements, position: this.#position() };
  }

  #position(): LedgerPosition {
    const { seq, sha256, at } = this.ledger.at(-1) ?? { seq: 0n, sha256: "", at: this.at };
    return { seq, sha256, at };
  }

  #assertReachable(): void {
    if (this.away) throw new Error("connection refused");
  }
}

/** A log that keeps what it was told. */
export function recordingLog(): Log & { events: Record<string, unknown>[] } {
  const events: Record<string, unknown>[] = [];
  const keep = (fields: Record<string, unknown>) => void events.push(fields);
  return { events, info: () => {}, warn: keep, error: keep };
}
