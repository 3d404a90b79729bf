import fc from "fast-check";
import { expect, it } from "vitest";
import { NumberMap } from "#lib/resolver/catalogue/number-map.ts";

it("is a map, whatever is set and removed in whatever order", () => {
  // Few keys, of which many begin at the same place, so that removed entries lie between others.
  const key = fc.oneof(
    fc.integer({ min: -8, max: 8 }),
    fc.integer({ min: -4, max: 4 }).map((n) => n << 24),
    fc.integer(),
  );
  const step = fc.record({ key, value: fc.option(fc.nat(), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const [map, expected] = [new NumberMap(), new Map<number, number>()];
      for (const { key, value } of steps) {
        if (value === undefined) map.delete(key);
        else map.set(key, value);
        if (value === undefined) expected.delete(key);
        else expected.set(key, value);
      }
      expect(map.size).toBe(expected.size);
      for (const { key } of steps) expect(map.get(key)).toBe(expected.get(key));
    }),
  );
});

it("holds many, and any number of others after them", () => {
  const map = new NumberMap();
  const spread = (n: number) => Math.imul(n, 0x01000193) ^ (n << 20);
  for (let n = 0; n < 20_000; n++) map.set(spread(n), n);
  for (let n = 0; n < 20_000; n++) expect(map.get(spread(n))).toBe(n);
  for (let n = 0; n < 200_000; n++) {
    map.delete(spread(n));
    map.set(spread(n + 20_000), n + 20_000);
  }
  expect(map.size).toBe(20_000);
  expect([map.get(spread(199_999)), map.get(spread(200_000))]).toEqual([undefined, 200_000]);
});
