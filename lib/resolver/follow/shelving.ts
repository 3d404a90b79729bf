import type { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { RevocationMemory } from "#lib/resolver/follow/revocation-memory.ts";
import type { LoadedServer } from "#lib/resolver/loading/packed-shelves.ts";
import type { RefusedRow } from "#lib/resolver/loading/verify-server.ts";
import type { Log } from "#lib/resolver/source.ts";

/** Puts verified servers into one catalogue and knows what was left out of it. */
export class Shelving {
  readonly catalogue: Catalogue;
  readonly #dropped = new Map<string, number>();
  readonly #revocations: RevocationMemory;
  readonly #log: Log;

  constructor(catalogue: Catalogue, revocations: RevocationMemory, log: Log) {
    this.catalogue = catalogue;
    this.#revocations = revocations;
    this.#log = log;
  }

  /** Rows left out because they failed verification. */
  get droppedRows(): number {
    return [...this.#dropped.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Never throws: a server nothing can be made of is hidden, and the others go on. */
  put(server: LoadedServer): void {
    const { name, refused } = server;
    for (const row of refused) this.#report(name, row);
    try {
      this.#shelve(server);
      if (refused.length > 0) this.#dropped.set(name, refused.length);
      else this.#dropped.delete(name);
    } catch (error) {
      this.#log.error({ event: "server-refused", server: name, err: error }, "Hidden: nothing can be made of it");
      this.hide(name);
      this.#dropped.set(name, 1);
    }
  }

  hide(name: string): void {
    this.catalogue.put(name, []);
  }

  /** Hides what was revoked by signatures that were seen since it was put in. @returns servers of which something was. */
  hideRevoked(): string[] {
    return this.#revocations.servers().filter((name) => {
      const versions = this.catalogue.find(name)?.entries.map(({ facts }) => facts) ?? [];
      const kept = this.#revocations.apply(name, versions, (facts) => facts.hidden === null);
      const changed = kept.some((facts, at) => facts !== versions[at]);
      if (changed) this.catalogue.put(name, kept);
      return changed;
    });
  }

  #shelve({ name, versions, shelf, digestKeys }: LoadedServer): void {
    const kept = this.#revocations.apply(name, versions);
    const unchanged = kept.every((facts, at) => facts === versions[at]);
    if (shelf && unchanged) this.catalogue.putShelf(shelf, digestKeys);
    else this.catalogue.put(name, kept);
  }

  #report(server: string, { version, reason }: RefusedRow): void {
    const fields = { event: "row-refused", server, version, reason };
    this.#log.error(fields, "A version row failed verification and is not shown");
  }
}
