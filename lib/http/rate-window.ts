/** Where one key stands after it was counted. */
export type RateStanding = {
  /** Whether this one is beyond the quota. */
  over: boolean;
  /** How many more the window has room for. */
  remaining: number;
  /** Whole seconds until the window ends and the quota is whole again, at least 1. */
  resetSeconds: number;
};

type Window = { endsAt: number; count: number };

export const windowSeconds = 60;
const windowMs = windowSeconds * 1000;

/**
 * Counts per key in windows of a minute; each key's window begins with its first request, so keys do not come back all
 * at once. At the border of two windows up to twice the quota can pass within a minute. Of one process: each has its own.
 */
export class RateWindow {
  /** Ordered by the end of the window, because a key is put in anew when its window begins. */
  readonly #windows = new Map<string, Window>();
  readonly quota: number;
  readonly #maxKeys: number;

  /**
   * @param quota of one key in a window.
   * @param maxKeys kept at most. Beyond it the oldest window is forgotten, and its key starts anew.
   */
  constructor(quota: number, maxKeys = 50_000) {
    this.quota = quota;
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#windows.size;
  }

  /**
   * Counts one more for `key`, or as many as `cost` says.
   * @param now milliseconds of any clock that does not run back.
   */
  take(key: string, now: number, cost = 1): RateStanding {
    const window = this.#windowOf(key, now);
    const over = window.count >= this.quota;
    if (!over) window.count = Math.min(this.quota, window.count + cost);
    const resetSeconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
    return { over, remaining: this.quota - window.count, resetSeconds };
  }

  /** Whether the quota of `key` is used up. Counts nothing. */
  isOver(key: string, now: number): boolean {
    const found = this.#windows.get(key);
    return found !== undefined && now < found.endsAt && found.count >= this.quota;
  }

  #windowOf(key: string, now: number): Window {
    const found = this.#windows.get(key);
    if (found && now < found.endsAt) return found;
    if (found) this.#windows.delete(key);
    const begun = { endsAt: now + windowMs, count: 0 };
    this.#windows.set(key, begun);
    this.#forget(now);
    return begun;
  }

  /** Two at a time at most, so that no request pays for many. */
  #forget(now: number): void {
    for (let i = 0; i < 2; i++) {
      const oldest = this.#windows.entries().next();
      if (oldest.done) return;
      const [key, { endsAt }] = oldest.value;
      if (endsAt > now && this.#windows.size <= this.#maxKeys) return;
      this.#windows.delete(key);
    }
  }
}
