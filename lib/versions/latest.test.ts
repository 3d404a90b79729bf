import { expect, it } from "vitest";
import { type LatestCandidate, pickLatest } from "#lib/versions/latest.ts";

const now = new Date("2026-06-01T00:00:00Z");
const candidate = (version: string, change: Partial<LatestCandidate> = {}): LatestCandidate => ({
  id: version,
  version,
  state: "approved",
  publishedAt: new Date("2026-01-01T00:00:00Z"),
  expiresAt: new Date("2026-07-01T00:00:00Z"),
  ...change,
});
const latestOf = (...versions: LatestCandidate[]) => pickLatest(versions, now)?.version ?? null;

it("is the highest by the official rule, not the newest", () => {
  expect(latestOf(candidate("1.9.0"), candidate("1.10.0"), candidate("1.2.0"))).toBe("1.10.0");
  expect(latestOf(candidate("2.0.0-rc.1"), candidate("1.0.0"))).toBe("2.0.0-rc.1");
});

it.each<[string, Partial<LatestCandidate>]>([
  ["pending", { state: "pending" }],
  ["revoked", { state: "revoked" }],
  ["quarantined", { state: "quarantined" }],
  ["expired this very moment", { expiresAt: now }],
  ["without an end", { expiresAt: null }],
])("is never a version that is %s", (_what, change) => {
  expect(latestOf(candidate("9.0.0", change), candidate("1.0.0"))).toBe("1.0.0");
  expect(latestOf(candidate("9.0.0", change))).toBeNull();
});

it("gives ties to the earlier first approval, in any order", () => {
  const early = candidate("1.0.0+b", { publishedAt: new Date("2026-01-01T00:00:00Z") });
  const late = candidate("1.0.0+a", { publishedAt: new Date("2026-02-01T00:00:00Z") });
  expect([latestOf(early, late), latestOf(late, early)]).toEqual(["1.0.0+b", "1.0.0+b"]);
});
