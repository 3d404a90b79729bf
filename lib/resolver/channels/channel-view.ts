import type { Digest } from "#lib/core/digest.ts";
import type { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { CatalogueView, Wanted } from "#lib/resolver/catalogue/catalogue-view.ts";
import { pickHits, shortestFrom, toHitList, toNameList } from "#lib/resolver/catalogue/name-lists.ts";
import { SomeKeys } from "#lib/resolver/catalogue/search-index.ts";
import type { Shelf } from "#lib/resolver/catalogue/shelf.ts";
import type { Selects } from "#lib/resolver/channels/channel.ts";
import { EnteredShelf, LeftShelf } from "#lib/resolver/channels/moved-shelf.ts";
import { mergeShelves, pickShelves } from "#lib/resolver/channels/ordered-shelves.ts";
import type { Placements } from "#lib/resolver/channels/placements.ts";
import { SortedNames } from "#lib/resolver/channels/sorted-names.ts";
import type { BlobKind } from "#lib/resolver/source.ts";

/** From one in so many servers on. */
const manyParts = 8;

/**
 * The servers of one channel: names alone are kept, and what the catalogue has of them is shown, so that a channel costs
 * a few bytes per server. Whoever changes the catalogue or the placements must `note` it here.
 */
export class ChannelView implements CatalogueView {
  readonly #whole: Catalogue;
  readonly #selects: Selects;
  readonly #channelId: string;
  #placements: Placements;
  #moves: ReadonlyMap<string, number>;
  #shown = new SortedNames();
  #left = new SortedNames();
  /** Both of them, for searching: how long that takes must not tell of servers that were never here. */
  readonly #searched = new SomeKeys();

  constructor(whole: Catalogue, channelId: string, selects: Selects, placements: Placements) {
    this.#whole = whole;
    this.#selects = selects;
    this.#channelId = channelId;
    this.#placements = placements;
    this.#moves = placements.movesOf(channelId);
  }

  /** Goes on with other placements, which must say the same of this channel as those it had. */
  adopt(placements: Placements): void {
    this.#placements = placements;
    this.#moves = placements.movesOf(this.#channelId);
  }

  /** Goes through all servers, yielding after each, so that the caller may pause: nothing may change meanwhile. */
  *fill(): Generator<void> {
    const [shown, left]: [string[], string[]] = [[], []];
    for (const name of this.#whole.names()) {
      if (this.#isSelected(name)) shown.push(name);
      else if (this.#moves.has(name)) left.push(name);
      this.#whole.mark(this.#searched, name, shown.at(-1) === name || left.at(-1) === name);
      yield;
    }
    this.#shown = new SortedNames(shown);
    this.#left = new SortedNames(left);
  }

  /** Looks again where one server belongs. */
  note(name: string): void {
    const known = this.#whole.find(name) !== null;
    const shown = known && this.#isSelected(name);
    if (shown) this.#shown.add(name);
    else this.#shown.delete(name);
    const left = known && !shown && this.#moves.has(name);
    if (left) this.#left.add(name);
    else this.#left.delete(name);
    this.#whole.mark(this.#searched, name, shown || left);
  }

  /** Servers shown, those that left not counted. */
  get size(): number {
    return this.#shown.size;
  }

  find(name: string): Shelf | null {
    const isShown = this.#shown.has(name);
    if (!isShown && !this.#left.has(name)) return null;
    const base = this.#whole.find(name);
    return base && (isShown ? this.#toShown(base) : this.#toLeft(base));
  }

  shelvesFrom(name: string, wanted: Wanted): Iterable<Shelf> {
    const withGone = wanted.includeDeleted === true;
    const hits = this.#whole.withText(wanted.search, this.#searched);
    const changed = toNameList(this.#changedSince(wanted.updatedSince));
    const size = this.#shown.size + (withGone ? this.#left.size : 0);
    const lists = [toHitList(hits, size), this.#whole.withVersion(wanted.version), changed];
    const few = shortestFrom(name, lists, size);
    const shelves = few ? this.#findAll(few, withGone) : this.#allFrom(name, withGone);
    return hits ? pickHits(shelves, hits) : shelves;
  }

  *serversOf(kind: BlobKind, digest: Digest): Generator<string> {
    const named = this.#whole.serversOf(kind, digest);
    // One trusted root is named by nearly all servers.
    if (named instanceof Set && named.size > this.#shown.size + this.#left.size) {
      for (const names of [this.#shown, this.#left]) for (const name of names.from("")) if (named.has(name)) yield name;
    } else {
      for (const name of named) if (this.#shown.has(name) || this.#left.has(name)) yield name;
    }
  }

  /** What changed in the catalogue, and what moved here; null when many may have. */
  #changedSince(time: number | null | undefined): string[] | null {
    const changed = this.#whole.changedSince(time);
    const moved = changed && this.#placements.movedSince(this.#channelId, time ?? -Infinity);
    return changed && moved && [...new Set([...changed, ...moved])];
  }

  *#findAll(names: readonly string[], withGone: boolean): Generator<Shelf> {
    for (const name of names) {
      const shelf = (withGone || this.#shown.has(name)) && this.find(name);
      if (shelf) yield shelf;
    }
  }

  /** The order is kept by both lists, so nothing is looked up twice. */
  #allFrom(name: string, withGone: boolean): Iterable<Shelf> {
    const shown = this.#shownFrom(name);
    return withGone && this.#left.size > 0 ? mergeShelves(shown, this.#leftFrom(name)) : shown;
  }

  *#shownFrom(name: string): Generator<Shelf> {
    for (const base of this.#basesFrom(name, this.#shown)) yield this.#toShown(base);
  }

  *#leftFrom(name: string): Generator<Shelf> {
    for (const base of this.#basesFrom(name, this.#left)) {
      const shelf = this.#toLeft(base);
      if (shelf) yield shelf;
    }
  }

  /** Where many are asked for, passing over the others costs less than looking each of them up. */
  #basesFrom(name: string, names: SortedNames): Iterable<Shelf> {
    if (names.size * manyParts > this.#whole.size)
      return pickShelves(this.#whole.shelvesFrom(name, {}), names.from(name));
    return this.#lookUp(names.from(name));
  }

  *#lookUp(names: Iterable<string>): Generator<Shelf> {
    for (const name of names) {
      const base = this.#whole.find(name);
      if (base) yield base;
    }
  }

  #isSelected(name: string): boolean {
    return this.#selects.all || this.#selects.test({ name, tags: this.#placements.tagsOf(name) });
  }

  #toShown(base: Shelf): Shelf {
    const at = this.#moves.size > 0 ? this.#moves.get(base.name) : undefined;
    return at === undefined ? base : new EnteredShelf(base, at, this.#whole.now);
  }

  #toLeft(base: Shelf): Shelf | null {
    const at = this.#moves.get(base.name);
    return at === undefined ? null : new LeftShelf(base, at);
  }
}
