import { setTimeout as sleep } from "node:timers/promises";
import { type Resolved, Tallies } from "#lib/resolver/counts/tallies.ts";
import type { CatalogueSource, Log, ResolutionBatch } from "#lib/resolver/source.ts";

const maxTallies = 50_000;
const batchSize = 2000;
const standardStopMs = 5000;

/**
 * Counts resolutions in memory and writes them in batches. Nobody waits for it: while they cannot be written they are
 * kept, up to a bound, and what does not fit any more is lost with an alarm.
 */
export class ResolutionCounter {
  readonly #source: Pick<CatalogueSource, "addResolutions">;
  readonly #log: Log;
  readonly #tallies: Tallies;
  /** Of one collection: what is counted meanwhile stays in the tallies, where the same is counted together. */
  readonly #waiting: ResolutionBatch[] = [];
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  #failing = false;

  /** @param maxKept so many different counts are kept at most, and as many again that wait to be written. */
  constructor(source: Pick<CatalogueSource, "addResolutions">, log: Log, maxKept = maxTallies) {
    this.#source = source;
    this.#log = log;
    this.#tallies = new Tallies(maxKept);
  }

  /** @param now milliseconds since the epoch. */
  count(resolved: Resolved, channelId: string, reader: string, now: number): void {
    this.#tallies.count(resolved, channelId, reader, now);
  }

  /** Resolutions lost because there were too many different ones to remember until they could be written. */
  get lost(): number {
    return this.#tallies.droppedEver;
  }

  /** Counts that are not written yet, each of one version, channel, reader and day. */
  get unwritten(): number {
    return this.#tallies.size + this.#waiting.reduce((sum, batch) => sum + batch.counts.length, 0);
  }

  /** Writes every so many milliseconds from now on. */
  start(everyMs: number): void {
    this.#timer ??= setInterval(() => void this.flush(), everyMs).unref();
  }

  /**
   * Writes what there is once more and ends. What cannot be written then is lost with an alarm.
   * @param withinMs so long at most, in milliseconds: an end must not wait for a database that does not answer.
   */
  async stop(withinMs = standardStopMs): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    const waiting = new AbortController();
    await Promise.race([this.flush(), sleep(withinMs, undefined, { signal: waiting.signal })]);
    waiting.abort();
    const lost = this.unwritten;
    if (lost > 0) this.#log.error({ event: "counts-lost", counts: lost }, "Resolutions could not be recorded");
  }

  /** Writes what was counted until now. Never throws; one at a time. */
  flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async #write(): Promise<void> {
    try {
      await this.#writeWaiting();
      this.#collect();
      await this.#writeWaiting();
      this.#failing = false;
    } catch (error) {
      // Said once, as long as it lasts.
      if (!this.#failing) this.#log.warn({ event: "counts-wait", err: error }, "Resolutions are recorded later");
      this.#failing = true;
    }
  }

  async #writeWaiting(): Promise<void> {
    for (let batch = this.#waiting[0]; batch; batch = this.#waiting[0]) {
      await this.#source.addResolutions(batch);
      this.#waiting.shift();
    }
  }

  #collect(): void {
    const counts = this.#tallies.take();
    for (let at = 0; at < counts.length; at += batchSize) {
      this.#waiting.push({ counts: counts.slice(at, at + batchSize), doubtful: null });
    }
    const dropped = this.#tallies.takeDropped();
    if (dropped > 0) this.#log.error({ event: "counts-dropped", dropped }, "Too many resolutions to remember");
  }
}
