import fc from "fast-check";
import semver from "semver";
import { expect, it } from "vitest";
import { compareVersions } from "#lib/manifest/version-order.ts";

const number = fc.oneof(fc.nat(3), fc.nat(99_999)).map(String);
const identifier = fc.oneof(number, fc.stringMatching(/^[a-z-][0-9a-z-]{0,4}$/));
const prerelease = fc
  .array(identifier, { maxLength: 3 })
  .map((parts) => (parts.length > 0 ? `-${parts.join(".")}` : ""));
const build = fc.constantFrom("", "+a", "+b.1");
const version = fc
  .tuple(fc.constantFrom("", "v"), fc.tuple(number, number, number), prerelease, build)
  .map(([v, numbers, pre, meta]) => `${v}${numbers.join(".")}${pre}${meta}`);

it("orders semantic versions as the semver package does", () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect([a, b, Math.sign(compareVersions(a, b)) + 0]).toEqual([a, b, semver.compare(a, b) + 0]);
    }),
    { numRuns: 2_000 },
  );
});
