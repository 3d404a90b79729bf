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
 * milliseconds since the epoch, which strictly increases from entry to entry; NaN where the database has no time.
 */
export type LedgerPosition = { seq: bigint; sha256: string; at: number };

export type LedgerEvent = LedgerPosition & { action: string; serverName: string | null };

/** What the resolver reads of one channel row: unverified. */
export type ChannelRecord = {
  id: string;
  slug: string;
  audience: string;
  /** Whatever the column holds; null when larger than any real one. */
  selection: unknown;
  serveV0: boolean;
  disabled: boolean;
  /** Another number after each edit. */
  edition: number;
};

/** A secret of a capability channel that is not revoked. */
export type SecretRecord = {
  id: string;
  channelId: string;
  /** Lower-case hex SHA-256 of the secret. */
  sha256: string;
  expiresAt: Date | null;
};

/** An API token: not revoked, its owner, if it has one, active. */
export type ReaderTokenRecord = {
  id: string;
  /** Lower-case hex SHA-256 of the token. */
  sha256: string;
  /** Ids of the channels it may read; none without the scope for that. */
  channels: string[];
  expiresAt: Date;
};

/** Who may read which channel. */
export type AccessRecord = { channels: ChannelRecord[]; secrets: SecretRecord[]; tokens: ReaderTokenRecord[] };

/** What decides, beside its name, where a server is shown. */
export type PlacementRecord = {
  name: string;
  tags: string[];
  /** When it last entered or left a channel, in the ledger's time. */
  moves: { channelId: string; at: Date }[];
};

/** The placement of one server, and for which editions of the channels it was made, both as of one moment. */
export type PlacedRecord = PlacementRecord & { channels: Pick<ChannelRecord, "id" | "edition">[] };

export type ChannelsRecord = {
  access: AccessRecord;
  /** Of every server that has a tag or ever moved. */
  placements: PlacementRecord[];
};

/** What was loaded beside the servers, and how far into the ledger all of it reaches. */
export type Snapshot = ChannelsRecord & { position: LedgerPosition };

/** One server, null when it has nothing to show, with where it is placed and how far into the ledger both reach. */
export type ServerReading = { server: ServerRecord | null; placement: PlacedRecord; position: LedgerPosition };

/** Who may read, and how far into the ledger that reaches. */
export type AccessReading = { access: AccessRecord; position: LedgerPosition };

/** How often one version was resolved on one day through one channel by one reader. */
export type ResolutionCount = {
  /** UTC, `2026-11-22`. */
  day: string;
  channelId: string;
  /** `token:<id>`, `secret:<id>`, or "" for anonymous readers. */
  reader: string;
  name: string;
  version: string;
  count: number;
  lastAt: Date;
};

/** Counts that are written all or not at all. */
export type ResolutionBatch = {
  readonly counts: readonly ResolutionCount[];
  /** For the source alone: the transaction that may have written them, although nobody was told. */
  doubtful: string | null;
};

export type BlobKind = "manifest" | "bundle" | "approval" | "trusted-root";

/** Where the resolver gets its unverified material: a database in production, memory in tests. */
export type CatalogueSource = {
  /**
   * Hands over every server and returns channels, placements and ledger position, all as of one moment. `consume` is
   * awaited, so that a large catalogue need not be in memory at once.
   */
  loadSnapshot(consume: (server: ServerRecord) => void | Promise<void>): Promise<Snapshot>;
  /**
   * One server as of one moment. Its placement is without tags and moves when it has none or there is no such server.
   */
  loadServer(name: string): Promise<ServerReading>;
  /** Channels and all placements as of one moment. */
  loadChannels(): Promise<Snapshot>;
  /** As of one moment. */
  loadAccess(): Promise<AccessReading>;
  /**
   * Adds to what is counted already. After a failure the same batch may be handed over again: it is added once, even
   * when the first attempt was written after all.
   */
  addResolutions(batch: ResolutionBatch): Promise<void>;
  /** Entries from `fromSeq` on (that one included), lowest first, as many as there are up to `limit`. */
  readLedger(fromSeq: bigint, limit: number): Promise<LedgerEvent[]>;
  /** Bytes stored under a SHA-256 (lower-case hex), unverified. */
  readBlob(kind: Exclude<BlobKind, "manifest">, sha256: string): Promise<Uint8Array | null>;
  /** Calls `wake` whenever the ledger may have grown. Returns a function that stops it. */
  listen(wake: () => void): () => Promise<void>;
};

/** The part of a pino logger the resolver uses. */
export type Log = Record<"info" | "warn" | "error", (fields: Record<string, unknown>, message: string) => void>;
