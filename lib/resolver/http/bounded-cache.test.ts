import fc from "fast-check";
import { expect, it } from "vitest";
import { BoundedCache } from "#lib/resolver/http/bounded-cache.ts";

const maxBytes = 100;

it("gives what was kept last under a key or nothing, never holds too much, and counts what it holds", () => {
  const step = fc.record({ key: fc.constantFrom("a", "b", "c", "d", "e"), bytes: fc.option(fc.nat(60)) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const cache = new BoundedCache<number>(maxBytes);
      const last = new Map<string, { value: number; bytes: number }>();
      for (const [value, { key, bytes }] of steps.entries()) {
        if (bytes === null) expect([undefined, last.get(key)?.value]).toContain(cache.get(key));
        else {
          cache.set(key, value, bytes);
          last.set(key, { value, bytes });
          expect(cache.get(key)).toBe(bytes > maxBytes / 2 ? undefined : value);
        }
        expect(cache.bytes).toBeLessThanOrEqual(maxBytes);
      }
      const held = [...last].filter(([key]) => cache.get(key) !== undefined);
      expect(cache.bytes).toBeGreaterThanOrEqual(Math.max(0, ...held.map(([, { bytes }]) => bytes)));
      cache.clear();
      expect([cache.bytes, ...[...last.keys()].map((key) => cache.get(key))].filter(Boolean)).toEqual([]);
    }),
  );
});

it("keeps what is asked for again and again, whatever else comes by", () => {
  const cache = new BoundedCache<string>(maxBytes);
  cache.set("popular", "kept", 10);
  for (let i = 0; i < 1000; i++) {
    cache.set(`passing ${i}`, "x", 10);
    if (i % 3 === 0) expect(cache.get("popular")).toBe("kept");
  }
  expect(cache.get("passing 1")).toBeUndefined();
});
