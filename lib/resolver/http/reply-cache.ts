import type { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import { BoundedCache } from "#lib/resolver/http/bounded-cache.ts";
import type { Reply } from "#lib/resolver/http/reply.ts";

const bytesPerEntry = 500;

/**
 * Answers by the exact request target, for as long as nothing has changed: a catalogue that changed, was replaced or
 * reaches further into the ledger starts with an empty cache. All callers of one cache must have the same view.
 */
export class ReplyCache {
  readonly #kept = new BoundedCache<Reply>(32 * 1024 * 1024);
  #catalogue: Catalogue | null = null;
  #revision = -1;
  #syncedUntil = -1;

  /** Must come before `get` and `keep`, at each request. */
  settle(catalogue: Catalogue, syncedUntil: number): this {
    const { revision } = catalogue;
    if (catalogue === this.#catalogue && revision === this.#revision && syncedUntil === this.#syncedUntil) return this;
    this.#kept.clear();
    this.#catalogue = catalogue;
    this.#revision = revision;
    this.#syncedUntil = syncedUntil;
    return this;
  }

  get(target: string): Reply | undefined {
    return this.#kept.get(target);
  }

  keep(target: string, reply: Reply): void {
    this.#kept.set(target, reply, reply.body.length + target.length * 2 + bytesPerEntry);
  }
}
