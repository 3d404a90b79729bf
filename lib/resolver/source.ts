/** What the resolver reads of one countersignature row. Nothing in it is believed before its signature is checked. */
export type ApprovalRecord = {
  round: number;
  state: string;
  sha256: string;
  /** Null when larger than any real one. */
  bundle: Uint8Array | null;
};

/** What the resolver reads of one version row: unverified. */
export type VersionRecord = {
  version: string;
  state: string;
  deprecated: boolean;
  round: number;
  /** The newest round whose end the ledger has recorded. */
  expiredRound: number | null;
  /** Null when larger than any real one. */
  manifest: Uint8Array | null;
  manifestDigest: string;
  statusChangedAt: Date;
  updatedAt: Date;
  statusMessage: string | null;
  approvals: ApprovalRecord[];
};

/** One server with every version that is or ever was countersigned, or claims to be. */
export type ServerRecord = { name: string; versions: VersionRecord[] };

/**
 * How far into the ledger a state reaches: the last entry it includes, the hash that entry had, and its time in
 * milliseconds since the epoch, which strictly increases from entry to entry.
 */
export type LedgerPosition = { seq: bigint; sha256: string; at: number };

export type LedgerEvent = LedgerPosition & { action: string; serverName: string | null };

export type BlobKind = "manifest" | "bundle" | "approval" | "trusted-root";

/** Where the resolver gets its unverified material: a database in production, memory in tests. */
export type CatalogueSource = {
  /**
   * Hands over every server and returns the ledger position, all as of one moment. `consume` is awaited, so that a
   * large catalogue need not be in memory at once.
   */
  loadSnapshot(consume: (server: ServerRecord) => void | Promise<void>): Promise<LedgerPosition>;
  /** The server as of now, or null when it has nothing to show. */
  loadServer(name: string): Promise<ServerRecord | null>;
  /** Entries from `fromSeq` on (that one included), lowest first. */
  readLedger(fromSeq: bigint, limit: number): Promise<LedgerEvent[]>;
  /** Bytes stored under a SHA-256 (lower-case hex), unverified. */
  readBlob(kind: Exclude<BlobKind, "manifest">, sha256: string): Promise<Uint8Array | null>;
  /** Calls `wake` whenever the ledger may have grown. Returns a function that stops it. */
  listen(wake: () => void): () => Promise<void>;
};

/** The part of a pino logger the resolver uses. */
export type Log = Record<"info" | "warn" | "error", (fields: Record<string, unknown>, message: string) => void>;
