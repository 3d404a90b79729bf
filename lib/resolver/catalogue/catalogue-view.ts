import type { Digest } from "#lib/core/digest.ts";
import type { Shelf } from "#lib/resolver/catalogue/shelf.ts";
import type { BlobKind } from "#lib/resolver/source.ts";

/** Which servers somebody looks for; all of them where nothing is said. */
export type Wanted = {
  /** Text in lower case that name, title or description of a version contains. */
  search?: string | null;
  /** A version they have; `latest` says nothing. */
  version?: string | null;
  /** Something of them changed later than this; milliseconds since the epoch. */
  updatedSince?: number | null;
  /** Also servers that left, of which nothing but deleted versions is seen. */
  includeDeleted?: boolean;
};

/** What one kind of reader sees of the catalogue: all of it, or the servers of a channel. */
export type CatalogueView = {
  /** The server as seen here, or null for one that never was here. */
  find(name: string): Shelf | null;
  /** Servers in list order, from a name on (that one included): all that are wanted, and others among them. */
  shelvesFrom(name: string, wanted: Wanted): Iterable<Shelf>;
  /** Names of all servers seen here that may name a digest as that kind; more may be among them. */
  serversOf(kind: BlobKind, digest: Digest): Iterable<string>;
};
