import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shortestFrom, toHitList, toNameList } from "#lib/resolver/catalogue/name-lists.ts";
import type { SearchHits } from "#lib/resolver/catalogue/search-index.ts";

const names = fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 20 });
const all = Number.MAX_SAFE_INTEGER;

const makeHits = (count: number): SearchHits => ({ count, has: () => true, keys: () => [] });

describe("the shortest list", () => {
  it("is in list order, from a name on", () => {
    fc.assert(
      fc.property(names, fc.string({ maxLength: 3 }), (list, from) => {
        const expected = list.filter((name) => name >= from).toSorted((a, b) => (a < b ? -1 : 1));
        expect(shortestFrom(from, [null, toNameList(list)], all)).toEqual(expected);
      }),
    );
  });

  it("is the one with the fewest names", () => {
    const lists = [["a", "b"], ["c"], ["d", "e", "f"]].map((list) => toNameList(list));
    expect(shortestFrom("", lists, all)).toEqual(["c"]);
  });

  it.each([
    ["without any list", [], 10],
    ["when all lists say nothing", [null, null], 10],
    ["when there are fewer servers", [toNameList(["a", "b"])], 1],
    ["of more names than are worth ordering", [toNameList(Array.from({ length: 1001 }, String))], all],
  ])("is none %s", (_why, lists, size) => expect(shortestFrom("", lists, size)).toBeNull());
});

describe("hits", () => {
  it.each([
    [0, 0],
    [0, 5],
    [1, 8],
    [100, 800],
  ])("are looked up when %i are found among %i", (count, size) => {
    const hits = makeHits(count);
    expect(toHitList(hits, size)).toBe(hits);
  });

  it.each([
    [1, 7],
    [101, 800],
  ])("are met on the way when %i are found among %i", (count, size) => {
    expect(toHitList(makeHits(count), size)).toBeNull();
  });

  it("are no list where nothing is searched", () => expect(toHitList(null, 8)).toBeNull());
});
