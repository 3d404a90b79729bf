import type { SearchHits } from "#lib/resolver/catalogue/search-index.ts";
import { compareText, type Shelf } from "#lib/resolver/catalogue/shelf.ts";

/** Names without order, none twice, among them all that match in one respect. */
export type NameList = {
  count: number;
  keys(): Iterable<string>;
};

/** From so many on, going through all servers in order costs less than ordering these. */
const manyNames = 1000;
/** So does it when one in so many servers is a hit: a page is full soon, and then nobody goes further. */
const manyParts = 8;

export function toNameList(names: readonly string[] | null): NameList | null {
  return names && { count: names.length, keys: () => names };
}

/**
 * Where to look for what matches in every respect.
 * @param lists null for a respect in which all, or too many, match.
 * @param size how many servers there are in all.
 * @returns the names of the shortest list in list order, from a name on (that one included); null when none is short
 *   enough, and all servers must be gone through.
 */
export function shortestFrom(name: string, lists: readonly (NameList | null)[], size: number): string[] | null {
  let shortest: NameList | null = null;
  let count = Math.min(size, manyNames) + 1;
  for (const list of lists) {
    if (!list || list.count >= count) continue;
    shortest = list;
    count = list.count;
  }
  return shortest && [...shortest.keys()].filter((each) => each >= name).sort(compareText);
}

/** Hits as a list to look for them in, or null when they are so many among all servers that passing over the rest is less. */
export function toHitList(hits: SearchHits | null, size: number): NameList | null {
  return hits && hits.count * manyParts <= size ? hits : null;
}

export function* pickHits(shelves: Iterable<Shelf>, hits: SearchHits): Generator<Shelf> {
  for (const shelf of shelves) if (hits.has(shelf.name)) yield shelf;
}
