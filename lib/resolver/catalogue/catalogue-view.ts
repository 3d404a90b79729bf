import type { Digest } from "#lib/core/digest.ts";
import type { Shelf } from "#lib/resolver/catalogue/shelf.ts";
import type { BlobKind } from "#lib/resolver/source.ts";

/** What one kind of reader sees of the catalogue: all of it, or the servers of a channel. */
export type CatalogueView = {
  /** The server as seen here, or null for one that never was here. */
  find(name: string): Shelf | null;
  /**
   * Servers in list order, from a name on (that one included).
   * @param search in lower case: leaves out servers that cannot contain it, though not all that do not.
   * @param withGone also servers that left, of which nothing but deleted versions is seen.
   */
  shelvesFrom(name: string, search: string | null, withGone?: boolean): Iterable<Shelf>;
  /** Names of all servers seen here that may name a digest as that kind; more may be among them. */
  serversOf(kind: BlobKind, digest: Digest): Iterable<string>;
};
