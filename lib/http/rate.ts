import { DomainError } from "#lib/core/errors.ts";
import type { Counter } from "#lib/metrics/index.ts";

export type RateLimit = {
  burst: number;
  perSecond: number;
  /** Counts those refused. */
  refused?: Counter;
};
type Bucket = { tokens: number; at: number };

/**
 * Token buckets of one process, for bounding the work a caller can cause; each process has its own. Guessing of
 * passwords is bounded elsewhere, in the database, across processes.
 */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();
  readonly #limit: RateLimit;
  readonly #maxKeys: number;

  constructor(limit: RateLimit, maxKeys = 10_000) {
    this.#limit = limit;
    this.#maxKeys = maxKeys;
  }

  /**
   * Takes one token for `key`.
   * @param now milliseconds of any clock that does not run back.
   * @throws DomainError `rate-limited` with the seconds to wait.
   */
  take(key: string, now: number): void {
    const { burst, perSecond, refused } = this.#limit;
    const before = this.#buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, before.tokens + (Math.max(0, now - before.at) / 1000) * perSecond);
    if (tokens < 1) {
      if (refused) refused.value++;
      const retryAfterSeconds = Math.ceil((1 - tokens) / perSecond);
      throw new DomainError("rate-limited", "Slow down, then try again.", { retryAfterSeconds });
    }
    // Re-inserted, so that the first key is always the one unused for longest.
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: tokens - 1, at: now });
    if (this.#buckets.size > this.#maxKeys) this.#dropOldest();
  }

  #dropOldest(): void {
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}
