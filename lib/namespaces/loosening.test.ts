import { expect, it } from "vitest";
import { describePatch, splitPatch } from "#lib/namespaces/loosening.ts";

const before = { requiredApprovals: 2, lifetimeDays: 90, unpinned: "refuse", maxPending: 20 } as const;

it.each([
  [{ requiredApprovals: 3 }, { requiredApprovals: 3 }, {}],
  [{ requiredApprovals: 1 }, {}, { requiredApprovals: 1 }],
  [{ lifetimeDays: 30 }, { lifetimeDays: 30 }, {}],
  [{ lifetimeDays: 91 }, {}, { lifetimeDays: 91 }],
  [{ unpinned: "allow" }, {}, { unpinned: "allow" }],
  [{ maxPending: 500 }, { maxPending: 500 }, {}],
  [{ requiredApprovals: 1, lifetimeDays: 10 }, { lifetimeDays: 10 }, { requiredApprovals: 1 }],
  [{ requiredApprovals: 2, lifetimeDays: 90, unpinned: "refuse" }, {}, {}],
] as const)("splits %j", (patch, atOnce, loosening) => {
  expect(splitPatch(before, patch)).toEqual({ atOnce, loosening });
});

it("allows unpinned packages as a loosening only", () => {
  const loose = { ...before, unpinned: "allow" } as const;
  expect(splitPatch(loose, { unpinned: "refuse" })).toEqual({ atOnce: { unpinned: "refuse" }, loosening: {} });
});

it("says what changes", () => {
  expect(describePatch(before, { requiredApprovals: 1, lifetimeDays: 365 })).toBe(
    "required approvals 2 → 1, approval lifetime 90 → 365 days",
  );
});
