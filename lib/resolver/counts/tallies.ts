import type { ResolutionCount } from "#lib/resolver/source.ts";

/** One version as an answer gave it. Kept with the answer, so that counting the same again costs next to nothing. */
export type Resolved = {
  readonly name: string;
  readonly version: string;
  /** For the tallies alone: where it was counted last. */
  last?: { reader: string; tally: Tally };
};

type Tally = ResolutionCount & { taken: boolean; lastTime: number };

const dayMs = 86_400_000;

/** Counts by day, channel, reader, name and version, in memory and up to a number of them. */
export class Tallies {
  readonly #maxTallies: number;
  #open = new Map<string, Tally>();
  #closed: Tally[] = [];
  #dropped = 0;
  #droppedEver = 0;
  #day = "";
  #dayStart = Infinity;

  constructor(maxTallies: number) {
    this.#maxTallies = maxTallies;
  }

  /**
   * @param reader as in `ResolutionCount`.
   * @param now milliseconds since the epoch.
   */
  count(resolved: Resolved, channelId: string, reader: string, now: number): void {
    if (now < this.#dayStart || now >= this.#dayStart + dayMs) this.#beginDay(now);
    const { last } = resolved;
    const tally =
      last?.reader === reader && !last.tally.taken && last.tally.channelId === channelId
        ? last.tally
        : this.#find(resolved, channelId, reader);
    if (!tally) {
      this.#dropped++;
      return;
    }
    tally.count++;
    tally.lastTime = now;
  }

  get size(): number {
    return this.#open.size + this.#closed.length;
  }

  /** Everything counted since the last time. It is counted here no more. */
  take(): ResolutionCount[] {
    this.#close();
    const taken = this.#closed.map(({ taken: _taken, lastTime, ...tally }) => ({
      ...tally,
      lastAt: new Date(lastTime),
    }));
    this.#closed = [];
    return taken;
  }

  /** How many resolutions were not counted since the last time, because there were too many to remember. */
  takeDropped(): number {
    const dropped = this.#dropped;
    this.#dropped = 0;
    this.#droppedEver += dropped;
    return dropped;
  }

  /** The same since the beginning. */
  get droppedEver(): number {
    return this.#droppedEver + this.#dropped;
  }

  #find(resolved: Resolved, channelId: string, reader: string): Tally | null {
    const { name, version } = resolved;
    // None of the parts but the last can contain a space.
    const key = `${channelId} ${reader} ${name} ${version}`;
    const known = this.#open.get(key);
    if (!known && this.size >= this.#maxTallies) return null;
    const tally = known ?? {
      ...{ day: this.#day, channelId, reader, name, version },
      ...{ count: 0, lastAt: new Date(0), lastTime: 0, taken: false },
    };
    if (!known) this.#open.set(key, tally);
    resolved.last = { reader, tally };
    return tally;
  }

  #beginDay(now: number): void {
    this.#close();
    this.#dayStart = Math.floor(now / dayMs) * dayMs;
    this.#day = new Date(this.#dayStart).toISOString().slice(0, 10);
  }

  #close(): void {
    for (const tally of this.#open.values()) {
      tally.taken = true;
      this.#closed.push(tally);
    }
    this.#open = new Map();
  }
}
