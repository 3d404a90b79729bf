/** A clock that stands still until it is moved. */
export class TestClock {
  #now: number;

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Moves forward, in milliseconds. */
  advance(ms: number): void {
    this.#now += ms;
  }
}
