import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SearchIndex, SomeKeys } from "#lib/resolver/catalogue/search-index.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "-", "ß", "😀"), maxLength: 12 });

it("never misses a text that contains what is searched, through any changes", () => {
  const change = fc.record({ key: fc.nat(5).map(String), texts: fc.option(fc.array(text, { maxLength: 3 })) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), text, (changes, search) => {
      fc.pre(search !== "");
      const index = new SearchIndex();
      const model = new Map<string, string[]>();
      for (const { key, texts } of changes) {
        if (texts) {
          index.set(key, texts);
          model.set(key, texts);
        } else {
          index.delete(key);
          model.delete(key);
        }
      }
      const hits = index.find(search);
      const wanted = [...model].filter(([, texts]) => texts.some((each) => each.includes(search))).map(([key]) => key);
      expect(hits.keys()).toEqual(expect.arrayContaining(wanted));
      expect(wanted.every((key) => hits.has(key))).toBe(true);
      expect(hits.count).toBe(hits.keys().length);
      expect(hits.keys().every((key) => model.has(key))).toBe(true);
    }),
  );
});

it("among some keys finds what it would find if there were no others, through any changes", () => {
  const change = fc.record({ key: fc.nat(5).map(String), texts: fc.option(fc.array(text)), isIn: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), text, (changes, search) => {
      fc.pre(search !== "");
      const index = new SearchIndex();
      const some = new SomeKeys();
      const alone = new SearchIndex();
      for (const { key, texts, isIn } of changes) {
        if (texts) index.set(key, texts);
        else index.delete(key);
        index.mark(some, key, isIn);
        if (texts && isIn) alone.set(key, texts);
        else alone.delete(key);
      }
      const [hits, expected] = [index.find(search, some), alone.find(search)];
      expect(hits.keys().toSorted()).toEqual(expected.keys().toSorted());
      expect(hits.count).toBe(expected.count);
      for (let key = 0; key <= 5; key++) expect(hits.has(`${key}`)).toBe(expected.has(`${key}`));
    }),
  );
});

describe("with many texts", () => {
  const index = new SearchIndex();
  const count = 5000;
  for (let i = 0; i < count; i++) index.set(`key ${i}`, [`io.acme/server-${i}\nanswers questions about ${i * 7919}`]);

  it("leaves out nearly all that do not contain it", () => {
    expect(index.find("server-4711").keys()).toContain("key 4711");
    expect(index.find("server-4711").count).toBeLessThan(20);
    expect(index.find("zebra").count).toBe(0);
  });

  it("finds them all when all contain it", () => {
    expect(index.find("questions").count).toBe(count);
    expect(new Set(index.find("q").keys()).size).toBe(count);
  });

  it("looks at none but some of them", () => {
    const some = new SomeKeys();
    for (const i of [4999, 7]) index.mark(some, `key ${i}`, true);
    expect(index.find("questions", some).keys().toSorted()).toEqual(["key 4999", "key 7"]);
    index.mark(some, "key 7", false);
    expect(index.find("questions", some).keys()).toEqual(["key 4999"]);
    expect(index.find("questions", new SomeKeys()).count).toBe(0);
  });

  it("uses the place of what was removed again", () => {
    for (let i = 0; i < count; i++) index.delete(`key ${i}`);
    expect(index.find("questions").count).toBe(0);
    index.set("new", ["questions"]);
    expect(index.find("quest").keys()).toEqual(["new"]);
  });
});
