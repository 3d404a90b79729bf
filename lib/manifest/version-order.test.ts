import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareReleases, compareVersions, isMajorJump, type Release } from "#lib/manifest/version-order.ts";

describe("compareVersions", () => {
  it.each([
    ["1.10.0", "1.9.0"],
    ["2.0.0", "1.99.99"],
    ["1.0.0", "1.0.0-rc.1"],
    ["1.0.0-rc.2", "1.0.0-rc.1"],
    ["1.0.0-rc.10", "1.0.0-rc.9"],
    ["1.0.0-alpha.beta", "1.0.0-alpha.1"],
    ["1.0.0-alpha.1", "1.0.0-alpha"],
    ["1.0.0-beta", "1.0.0-alpha"],
    ["v1.0.1", "1.0.0"],
    ["0.0.1", "snapshot"],
    ["0.0.1", "2024-11-05"],
    ["0.0.1", "9.9"],
    ["0.0.1", "01.0.0"],
    ["0.0.1", "1.0.0-01"],
    ["0.0.1", "1.0.0+a..b"],
    ["0.0.1", "1.0.0+."],
    ["99999999999999999999.0.0", "99999999999999999998.0.0"],
  ])("%s is higher than %s", (higher, lower) => {
    expect(compareVersions(higher, lower)).toBeGreaterThan(0);
    expect(compareVersions(lower, higher)).toBeLessThan(0);
  });

  it.each([
    ["1.0.0+a", "1.0.0+b"],
    ["v1.0.0", "1.0.0"],
    ["snapshot", "1.0"],
  ])("does not decide between %s and %s", (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
  });
});

describe("compareReleases", () => {
  const at = (version: string, publishedAt: number): Release => ({ version, publishedAt });

  it("takes the later published among versions that are not semantic", () => {
    expect(compareReleases(at("beta", 2), at("gamma", 1))).toBeGreaterThan(0);
  });

  it("takes the earlier published among equal semantic ones, so that a tie captures nothing", () => {
    expect(compareReleases(at("1.0.0+a", 1), at("1.0.0+b", 2))).toBeGreaterThan(0);
  });

  it("is a total order", () => {
    const version = fc.constantFrom(
      "1.0.0",
      "1.0.0+a",
      "v1.0.0",
      "1.0.0-1",
      "1.0.0-a",
      "x",
      "y",
      "1.0",
      "2.0.0",
      "10.0.0",
    );
    const release = fc.record({ version, publishedAt: fc.integer({ min: 0, max: 2 }) });
    fc.assert(
      fc.property(release, release, release, (a, b, c) => {
        expect(Math.sign(compareReleases(a, b))).toBe(-Math.sign(compareReleases(b, a)) + 0);
        if (compareReleases(a, b) > 0 && compareReleases(b, c) > 0) expect(compareReleases(a, c)).toBeGreaterThan(0);
        if (compareReleases(a, b) === 0) expect(a).toEqual(b);
      }),
      { numRuns: 500 },
    );
  });
});

describe("isMajorJump", () => {
  it.each([
    ["1.2.0", "2.0.0", true],
    ["1.2.0", "999.0.0", true],
    ["snapshot", "0.1.0", true],
    ["9.0.0", "10.0.0", true],
    ["1.2.0", "1.3.0", false],
    ["2.0.0", "1.0.0", false],
    ["1.0.0", "snapshot", false],
    ["a", "b", false],
  ])("%s to %s: %s", (before, after, expected) => {
    expect(isMajorJump(before, after)).toBe(expected);
  });
});
