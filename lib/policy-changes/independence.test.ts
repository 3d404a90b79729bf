import { describe, expect, it } from "vitest";
import { findObstacle, ownerKey, type Standing } from "#lib/policy-changes/independence.ts";

const hour = 3_600_000;
const now = new Date("2026-11-22T12:00:00.000Z");
const ago = (hours: number) => new Date(now.getTime() - hours * hour);
const change = { proposedById: "ann", namespaceId: "acme" };

type Times = { first?: number; ann?: number; bob?: number; owns?: number; resetAnn?: number; resetBob?: number };

function obstacleOf({ first = 1000, ann, bob, owns, resetAnn, resetBob }: Times) {
  const standing: Standing = {
    firstCountersignedAt: ago(first),
    adminSince: toMap({ ann, bob }),
    ownerSince: toMap({ [ownerKey("acme", "ann")]: owns, [ownerKey("other", "ann")]: 900 }),
    resetAt: toMap({ ann: resetAnn, bob: resetBob }),
  };
  return findObstacle(standing, change, "bob", { now, delayMs: 24 * hour });
}

function toMap(hours: Record<string, number | undefined>): Map<string, Date> {
  return new Map(Object.entries(hours).flatMap(([key, value]) => (value === undefined ? [] : [[key, ago(value)]])));
}

describe("who may confirm a loosening", () => {
  it.each<[string, Times]>([
    ["two administrators for longer than the delay", { ann: 24, bob: 24 }],
    ["two who were there before the first countersignature", { first: 1, ann: 1, bob: 2 }],
    ["a proposer who has owned the namespace for long", { owns: 24, bob: 24 }],
    ["a proposer new as an administrator, old as an owner", { ann: 1, owns: 24, bob: 24 }],
    ["people whose passwords were reset long ago", { ann: 99, bob: 99, resetAnn: 24, resetBob: 24 }],
  ])("%s", (_who, times) => {
    expect(obstacleOf(times)).toBeNull();
  });

  it.each<[string, Times, from: number, reason: RegExp]>([
    ["a new administrator", { ann: 99, bob: 23 }, 1, /^You became/],
    ["one who joined just after the first countersignature", { first: 3, ann: 3, bob: 2 }, 22, /^You became/],
    ["for a new administrator's proposal", { ann: 5, bob: 99 }, 19, /^Who proposed/],
    ["for a new owner's proposal", { owns: 5, bob: 99 }, 19, /^Who proposed/],
    [
      "one whose password was just reset, however long they are",
      { first: 1, ann: 99, bob: 99, resetBob: 1 },
      23,
      /reset/,
    ],
    ["for a proposer whose password was just reset", { ann: 99, bob: 99, resetAnn: 2 }, 22, /reset/],
  ])("not yet: %s", (_who, times, hours, reason) => {
    expect(obstacleOf(times)).toEqual({ from: ago(-hours), reason: expect.stringMatching(reason) });
  });

  it("names what takes longest", () => {
    expect(obstacleOf({ ann: 20, bob: 10, resetAnn: 3 })).toEqual({
      from: ago(-21),
      reason: expect.stringMatching(/reset/),
    });
  });

  it.each<[string, Times]>([
    ["by somebody who is no administrator", { ann: 99 }],
    ["what somebody proposed who is neither administrator nor owner there", { bob: 99 }],
  ])("never: %s", (_who, times) => {
    expect(obstacleOf(times)).toMatchObject({ from: null });
  });
});
