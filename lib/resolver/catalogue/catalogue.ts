import type { Digest } from "#lib/core/digest.ts";
import type { CatalogueView, Wanted } from "#lib/resolver/catalogue/catalogue-view.ts";
import { DigestIndex, digestKeys } from "#lib/resolver/catalogue/digest-index.ts";
import { type NameList, pickHits, shortestFrom, toHitList, toNameList } from "#lib/resolver/catalogue/name-lists.ts";
import { RecentChanges } from "#lib/resolver/catalogue/recent-changes.ts";
import { type SearchHits, SearchIndex, type SomeKeys } from "#lib/resolver/catalogue/search-index.ts";
import { compareText, makeShelf, type Shelf, shelfAt } from "#lib/resolver/catalogue/shelf.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";
import { VersionIndex } from "#lib/resolver/catalogue/version-index.ts";
import type { BlobKind } from "#lib/resolver/source.ts";

/**
 * Every verified version in memory, always as of the time of the last `at`. Only what passed `verifyVersion` may be
 * put in. Not safe to share between threads.
 */
export class Catalogue implements CatalogueView {
  readonly #digests = new DigestIndex();
  /** The values of `#shelves` in list order. */
  readonly #order: Shelf[] = [];
  readonly #shelves = new Map<string, Shelf>();
  readonly #search = new SearchIndex();
  readonly #versions = new VersionIndex();
  readonly #changes = new RecentChanges();
  #revision = 0;
  #validFrom = -Infinity;
  #validUntil = Infinity;
  #now: number;

  /** @param now milliseconds since the epoch. */
  constructor(now: number) {
    this.#now = now;
  }

  /** Replaces what is known of a server; without versions the server disappears. */
  put(name: string, versions: readonly VerifiedVersion[]): void {
    if (versions.length > 0) return this.putShelf(makeShelf(name, versions, this.#now), digestKeys(versions));
    this.#revision++;
    this.#take(name);
  }

  /**
   * As `put`, with what that would make already made, for whatever time.
   * @param keys as `digestKeys` gives them for its versions.
   */
  putShelf(shelf: Shelf, keys: Iterable<number>): void {
    const { name } = shelf;
    this.#revision++;
    this.#take(name);
    this.#order.splice(this.#placeOf(name), 0, shelf);
    this.#keep(shelf);
    this.#search.set(
      name,
      shelf.entries.map(({ facts }) => facts.searchText),
    );
    this.#versions.add(name, versionsOf(shelf));
    this.#changes.set(name, shelf.updatedAt);
    this.#digests.add(name, keys);
  }

  /**
   * Moves the catalogue to a moment, forwards or backwards: what has expired by then is hidden, what has not is shown.
   * Costs nothing until the next expiry is reached.
   */
  at(now: number): this {
    this.#now = now;
    if (now >= this.#validFrom && now < this.#validUntil) return this;
    this.#revision++;
    this.#validFrom = -Infinity;
    this.#validUntil = Infinity;
    for (const [place, shelf] of this.#order.entries()) {
      const moved = shelfAt(shelf, now);
      this.#order[place] = moved;
      this.#keep(moved);
    }
    return this;
  }

  find(name: string): Shelf | null {
    return this.#shelves.get(name) ?? null;
  }

  serversOf(kind: BlobKind, digest: Digest): ReadonlySet<string> | readonly string[] {
    return this.#digests.serversOf(kind, digest);
  }

  /** The moment of the last `at`, in milliseconds since the epoch. */
  get now(): number {
    return this.#now;
  }

  /** Another number after every change of what readers see. Never shown to anybody. */
  get revision(): number {
    return this.#revision;
  }

  get size(): number {
    return this.#order.length;
  }

  /** Names in list order. */
  *names(): Generator<string> {
    for (const { name } of this.#order) yield name;
  }

  /**
   * Servers whose texts may contain one in lower case; null when every text does.
   * @param among only these are looked at.
   */
  withText(search: string | null | undefined, among?: SomeKeys): SearchHits | null {
    return search ? this.#search.find(search, among) : null;
  }

  /** Says whether a server is one of some. Must follow each `put` of it. */
  mark(some: SomeKeys, name: string, isIn: boolean): void {
    this.#search.mark(some, name, isIn);
  }

  /** Servers that have an exact version; null when many may. */
  withVersion(version: string | null | undefined): NameList | null {
    return version && version !== "latest" ? toNameList(this.#versions.serversOf(version)) : null;
  }

  /** Servers that changed after a moment, in milliseconds since the epoch; null when many may have. */
  changedSince(time: number | null | undefined): readonly string[] | null {
    return time === null || time === undefined ? null : this.#changes.after(time);
  }

  shelvesFrom(name: string, { search, version, updatedSince }: Wanted): Iterable<Shelf> {
    const hits = this.withText(search);
    const lists = [toHitList(hits, this.size), this.withVersion(version), toNameList(this.changedSince(updatedSince))];
    const few = shortestFrom(name, lists, this.size);
    const shelves = few ? this.#lookUp(few) : this.#allFrom(name);
    return hits ? pickHits(shelves, hits) : shelves;
  }

  *#lookUp(names: readonly string[]): Generator<Shelf> {
    for (const name of names) {
      const shelf = this.#shelves.get(name);
      if (shelf) yield shelf;
    }
  }

  *#allFrom(name: string): Generator<Shelf> {
    for (let i = this.#placeOf(name); i < this.#order.length; i++) {
      const shelf = this.#order[i];
      if (shelf) yield shelf;
    }
  }

  #take(name: string): void {
    const shelf = this.#shelves.get(name);
    if (!shelf) return;
    this.#digests.remove(name, digestKeys(shelf.entries.map((entry) => entry.facts)));
    this.#search.delete(name);
    this.#versions.remove(name, versionsOf(shelf));
    this.#changes.delete(name);
    this.#shelves.delete(name);
    this.#order.splice(this.#placeOf(name), 1);
  }

  #keep(shelf: Shelf): void {
    this.#shelves.set(shelf.name, shelf);
    this.#validFrom = Math.max(this.#validFrom, shelf.validFrom);
    this.#validUntil = Math.min(this.#validUntil, shelf.validUntil);
  }

  /** Index of the first name not before this one. */
  #placeOf(name: string): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareText(this.#order[middle]?.name ?? "", name) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function versionsOf({ entries }: Shelf): string[] {
  return entries.map(({ facts }) => facts.version);
}
