import { describe, expect, test } from "vitest";
import { isRefPattern, matchesRef } from "#lib/signing/ref-pattern.ts";

describe("matches", () => {
  test.each([
    ["refs/heads/main", "refs/heads/main"],
    ["refs/tags/v*", "refs/tags/v1.2.0"],
    ["refs/tags/v*", "refs/tags/v"],
    ["refs/tags/v*.*.0", "refs/tags/v1.2.0"],
    ["refs/heads/release/*", "refs/heads/release/1"],
    ["refs/heads/**", "refs/heads/a/b/c"],
    ["refs/heads/**/x", "refs/heads/x"],
    ["refs/heads/**/x", "refs/heads/a/b/x"],
  ])("%s %s", (pattern, ref) => expect(matchesRef(pattern, ref)).toBe(true));
});

describe("does not match", () => {
  test.each([
    ["refs/heads/main", "refs/heads/main2"],
    ["refs/heads/main", "xrefs/heads/main"],
    ["refs/heads/main", "refs/heads/Main"],
    ["refs/heads/main", "refs/heads/main\n"],
    ["refs/tags/v*", "refs/tags/v1/evil"],
    ["refs/tags/v*", "refs/heads/v1"],
    ["refs/tags/v.*", "refs/tags/v12"],
    ["refs/tags/[v]1", "refs/tags/v1"],
    ["refs/tags/v?", "refs/tags/v1"],
    ["refs/heads/**/x", "refs/heads/a/b/y"],
    ["refs/heads/**", "refs/pull/1/merge"],
  ])("%s %s", (pattern, ref) => expect(matchesRef(pattern, ref)).toBe(false));
});

test.each([
  "",
  "*",
  "**",
  "refs/**",
  "refs/pull/*",
  "refs/heads/",
  "refs/heads//x",
  "refs/heads/a**",
  "refs/heads/ü",
  "refs/heads/a b",
])("%j is no pattern and matches nothing", (pattern) => {
  expect(isRefPattern(pattern)).toBe(false);
  expect(matchesRef(pattern, pattern)).toBe(false);
});

test("a pattern full of wildcards takes no time", () => {
  const pattern = `refs/heads/${"a*".repeat(90)}b`;
  const started = performance.now();
  expect(matchesRef(pattern, `refs/heads/${"a".repeat(2000)}c`)).toBe(false);
  expect(matchesRef(`refs/heads/${"**/".repeat(60)}x`, `refs/heads/${"a/".repeat(1000)}y`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(500);
});
