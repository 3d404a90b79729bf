const standardKept = 500;

/**
 * Which servers changed after a moment, as long as those are few: what asks for everything after its last visit mostly
 * finds nothing, and need not look at every server for that. Holds the newest changes alone.
 */
export class RecentChanges {
  readonly #times = new Map<string, number>();
  /** Every change after this is there. */
  #since = -Infinity;
  readonly #kept: number;

  /** @param kept so many are always there, and never twice as many. */
  constructor(kept = standardKept) {
    this.#kept = kept;
  }

  /** @param at when the server last changed, in milliseconds since the epoch, in place of what was said before. */
  set(name: string, at: number): void {
    this.#times.delete(name);
    if (at <= this.#since) return;
    this.#times.set(name, at);
    if (this.#times.size >= 2 * this.#kept) this.#forgetOldest();
  }

  delete(name: string): void {
    this.#times.delete(name);
  }

  /** @returns names of all that changed later than `time`, in no particular order; null when too many may have. */
  after(time: number): string[] | null {
    if (time < this.#since) return null;
    const names: string[] = [];
    for (const [name, at] of this.#times) if (at > time) names.push(name);
    return names;
  }

  #forgetOldest(): void {
    const newestFirst = [...this.#times.values()].sort((a, b) => b - a);
    this.#since = newestFirst[this.#kept] ?? this.#since;
    for (const [name, at] of this.#times) if (at <= this.#since) this.#times.delete(name);
  }
}
