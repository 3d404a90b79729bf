import fc from "fast-check";
import { expect, it } from "vitest";
import { RecentChanges } from "#lib/resolver/catalogue/recent-changes.ts";

const kept = 3;
const name = fc.constantFrom(..."abcdefghijkl");
const time = fc.integer({ min: 0, max: 8 });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(name, time) },
  { weight: 1, arbitrary: fc.tuple(name, fc.constant(null)) },
);

it("knows all that changed after a moment, or that it does not know", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const changes = new RecentChanges(kept);
      const times = new Map<string, number>();
      for (const [changed, at] of steps) {
        if (at === null) changes.delete(changed);
        else changes.set(changed, at);
        if (at === null) times.delete(changed);
        else times.set(changed, at);
        for (let since = -1; since <= 8; since++) {
          const expected = [...times].filter(([, each]) => each > since).map(([each]) => each);
          const found = changes.after(since);
          if (found) expect(found.sort()).toEqual(expected.sort());
        }
      }
    }),
    { numRuns: 500 },
  );
});

it("knows everything as long as that is little, and of much the newest", () => {
  const changes = new RecentChanges(kept);
  for (let at = 1; at < 2 * kept; at++) changes.set(`early-${at}`, at);
  expect(changes.after(-Infinity)).toHaveLength(2 * kept - 1);
  for (let at = 0; at < 100; at++) changes.set(`late-${at}`, 100 + at);
  expect(changes.after(199 - kept)?.sort()).toEqual(["late-97", "late-98", "late-99"]);
  expect(changes.after(0)).toBeNull();
});

it("says after a change of very many at once that nothing has changed since", () => {
  const changes = new RecentChanges(kept);
  for (let at = 0; at < 100; at++) changes.set(`s-${at}`, 7);
  expect([changes.after(7), changes.after(6)]).toEqual([[], null]);
});
