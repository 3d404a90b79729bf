import { DigestIndex } from "#lib/resolver/catalogue/digest-index.ts";
import type { Entry } from "#lib/resolver/catalogue/entry.ts";
import { compareText, makeShelf, type Shelf, shelfAt } from "#lib/resolver/catalogue/shelf.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";

/**
 * Every verified version in memory, always as of the time of the last `at`. Only what passed `verifyVersion` may be
 * put in. Not safe to share between threads.
 */
export class Catalogue {
  readonly digests = new DigestIndex();
  /** Names in list order; `#shelves` has the same keys. */
  readonly #names: string[] = [];
  readonly #shelves = new Map<string, Shelf>();
  #validFrom = -Infinity;
  #validUntil = Infinity;
  #now: number;

  /** @param now milliseconds since the epoch. */
  constructor(now: number) {
    this.#now = now;
  }

  /** Replaces what is known of a server; without versions the server disappears. */
  put(name: string, versions: readonly VerifiedVersion[]): void {
    this.#take(name);
    if (versions.length === 0) return;
    this.#names.splice(this.#placeOf(name), 0, name);
    this.#keep(makeShelf(name, versions, this.#now));
    for (const facts of versions) this.digests.add(facts);
  }

  /**
   * Moves the catalogue to a moment, forwards or backwards: what has expired by then is hidden, what has not is shown.
   * Costs nothing until the next expiry is reached.
   */
  at(now: number): this {
    this.#now = now;
    if (now >= this.#validFrom && now < this.#validUntil) return this;
    this.#validFrom = -Infinity;
    this.#validUntil = Infinity;
    for (const shelf of this.#shelves.values()) this.#keep(shelfAt(shelf, now));
    return this;
  }

  find(name: string): Shelf | null {
    return this.#shelves.get(name) ?? null;
  }

  get size(): number {
    return this.#names.length;
  }

  /** Entries in list order: by name, then by version, both as text. Starts right after the given place. */
  *entriesAfter(place: { name: string; version: string } | null): Generator<Entry> {
    for (let i = place ? this.#placeOf(place.name) : 0; i < this.#names.length; i++) {
      const shelf = this.#shelves.get(this.#names[i] ?? "");
      if (!shelf) continue;
      const passed = place && shelf.name === place.name ? place.version : null;
      for (const entry of shelf.entries) {
        if (passed === null || compareText(entry.facts.version, passed) > 0) yield entry;
      }
    }
  }

  #take(name: string): void {
    const shelf = this.#shelves.get(name);
    if (!shelf) return;
    for (const entry of shelf.entries) this.digests.remove(entry.facts);
    this.#shelves.delete(name);
    this.#names.splice(this.#placeOf(name), 1);
  }

  #keep(shelf: Shelf): void {
    this.#shelves.set(shelf.name, shelf);
    this.#validFrom = Math.max(this.#validFrom, shelf.validFrom);
    this.#validUntil = Math.min(this.#validUntil, shelf.validUntil);
  }

  /** Index of the first name not before this one. */
  #placeOf(name: string): number {
    let low = 0;
    let high = this.#names.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareText(this.#names[middle] ?? "", name) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
