import type { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { Channels } from "#lib/resolver/channels/channels.ts";
import { AskedBefore } from "#lib/resolver/http/asked-before.ts";
import { BoundedCache } from "#lib/resolver/http/bounded-cache.ts";
import { type Reply, toReady } from "#lib/resolver/http/reply.ts";

/** What answers depend on beside the question. */
export type State = {
  catalogue: Catalogue;
  channels: Channels;
  /** The ledger's time up to which the catalogue has every change. */
  syncedUntil: number;
};

const bytesPerEntry = 500;
/** Servers looked at, from which on an answer is worth keeping before anybody asks again. */
const manyLooked = 200;

/**
 * Answers by scope and exact request target, for as long as nothing has changed: a catalogue that changed, was replaced
 * or reaches further into the ledger, and other channels or readers, start with an empty cache. One bound for all scopes.
 * What was little work is kept when it is asked for again, so that questions nobody repeats leave nothing behind.
 */
export class ReplyCache {
  readonly #kept = new BoundedCache<Reply>(32 * 1024 * 1024);
  readonly #asked = new AskedBefore();
  #state: State | null = null;
  #revision = -1;

  /** Must come before `get` and `offer`, at each request. */
  settle(catalogue: Catalogue, channels: Channels, syncedUntil: number): this {
    const { revision } = catalogue;
    const known = this.#state;
    const same = known?.catalogue === catalogue && known.channels === channels && known.syncedUntil === syncedUntil;
    if (same && this.#revision === revision) return this;
    this.#kept.clear();
    this.#state = { catalogue, channels, syncedUntil };
    this.#revision = revision;
    return this;
  }

  /** @param key says whose view and what was asked. */
  get(key: string): Reply | undefined {
    return this.#kept.get(key);
  }

  /** Keeps an answer that is worth it. @returns the answer to send. */
  offer(key: string, reply: Reply): Reply {
    if (!this.#asked.note(key) && (reply.looked ?? 0) < manyLooked) return reply;
    const kept = toReady(reply);
    this.#kept.set(key, kept, kept.body.length + key.length * 2 + bytesPerEntry);
    return kept;
  }
}
