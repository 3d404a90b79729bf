import fc from "fast-check";
import { expect, it } from "vitest";
import { countEdits } from "#lib/resolver/http/count-edits.ts";

/** By the definition, whatever it costs. */
function levenshtein(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return levenshtein(restA, restB);
  return 1 + Math.min(levenshtein(restA, restB), levenshtein(restA, b), levenshtein(a, restB));
}

const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });

it("is the Levenshtein distance, up to a bound", () => {
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 3 }), (a, b, max) => {
      expect(countEdits(a, b, max)).toBe(Math.min(levenshtein(a, b), max + 1));
    }),
    { numRuns: 500 },
  );
});

it.each([
  ["io.acme/weather", "io.acme/weather", 0],
  ["io.acme/wether", "io.acme/weather", 1],
  ["io.acme/waether", "io.acme/weather", 2],
  ["io.acme/clock", "io.acme/weather", 3],
  ["", "ab", 2],
])("from %s to %s: %i", (a, b, expected) => {
  expect([countEdits(a, b, 2), countEdits(b, a, 2)]).toEqual([expected, expected]);
});
