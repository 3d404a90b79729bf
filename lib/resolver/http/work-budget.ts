/**
 * Bounds the time this process spends on work that anybody may ask for: a share of the clock, with a little saved up.
 * Time already spent is counted, so one piece of work may exceed what is left, and the next one waits.
 */
export class WorkBudget {
  readonly #share: number;
  readonly #maxSavedMs: number;
  readonly #clock: () => number;
  #savedMs: number;
  #countedAt: number;

  /**
   * @param share of the time, between 0 and 1.
   * @param clock in milliseconds; never goes back.
   */
  constructor(share: number, maxSavedMs: number, clock: () => number = () => performance.now()) {
    this.#share = share;
    this.#maxSavedMs = maxSavedMs;
    this.#clock = clock;
    this.#savedMs = maxSavedMs;
    this.#countedAt = clock();
  }

  /** Does the work, or returns null when the budget is used up. */
  run<T>(work: () => T): { value: T } | null {
    const startedAt = this.#clock();
    const earned = (startedAt - this.#countedAt) * this.#share;
    this.#savedMs = Math.min(this.#maxSavedMs, this.#savedMs + earned);
    this.#countedAt = startedAt;
    if (this.#savedMs <= 0) return null;
    try {
      return { value: work() };
    } finally {
      this.#savedMs -= this.#clock() - startedAt;
    }
  }
}
