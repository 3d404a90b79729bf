import type { Log } from "#lib/resolver/source.ts";

/**
 * Runs one task again and again: after each interval, and at once when woken. Never two at a time; a wake-up during a
 * run causes one more. Failures are logged and the next turn tries again.
 */
export class Pulse {
  readonly #task: () => Promise<void>;
  readonly #intervalMs: number;
  readonly #log: Log;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = true;
  #failing = false;
  #lastSuccess: number | null = null;

  constructor(task: () => Promise<void>, intervalMs: number, log: Log) {
    this.#task = task;
    this.#intervalMs = intervalMs;
    this.#log = log;
  }

  /** When the task last succeeded, by `performance.now()`, which no change of the clock moves. */
  get lastSuccess(): number | null {
    return this.#lastSuccess;
  }

  /** Runs the task once, failing if it fails, then keeps going. After a failure nothing keeps going. */
  async start(): Promise<void> {
    await this.#task();
    this.#lastSuccess = performance.now();
    this.#stopped = false;
    // A wake-up may have come during the first run.
    this.wake();
  }

  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run();
  }

  /** Ends after the run in progress. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    while (this.#again && !this.#stopped) {
      this.#again = false;
      await this.#attempt();
    }
    this.#running = null;
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), this.#intervalMs);
  }

  async #attempt(): Promise<void> {
    try {
      await this.#task();
      this.#lastSuccess = performance.now();
      if (this.#failing) this.#log.info({ event: "source-back" }, "Following the ledger again");
      this.#failing = false;
    } catch (error) {
      // Said once: the state is in the health report for as long as it lasts.
      if (!this.#failing) this.#log.warn({ event: "source-away", err: error }, "Serving the last good catalogue");
      this.#failing = true;
    }
  }
}
