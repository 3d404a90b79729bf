import { beforeEach, describe, expect, it } from "vitest";
import { ReadsAhead } from "#lib/resolver/follow/reads-ahead.ts";

const at = (seq: number, sha256 = `h${seq}`) => ({ seq: BigInt(seq), sha256, at: seq });

let ahead: ReadsAhead;
beforeEach(() => {
  ahead = new ReadsAhead();
  ahead.startAt(at(3));
});

it("agrees with a ledger that has, in the end, every entry that was the last at some reading", () => {
  expect(ahead.agreesWith([], true)).toBe(true);
  ahead.note(at(3), at(3));
  ahead.note(at(6), at(4));
  expect(ahead.agreesWith([at(4), at(5)], false)).toBe(true);
  ahead.moveTo(at(5));
  expect(ahead.agreesWith([at(6), at(7)], true)).toBe(true);
  ahead.moveTo(at(7));
  expect(ahead.agreesWith([], true)).toBe(true);
});

describe("is not content with", () => {
  it("a ledger that ends before", () => {
    ahead.note(at(6), at(4));
    expect(ahead.agreesWith([at(4), at(5)], true)).toBe(false);
    ahead.moveTo(at(5));
    expect(ahead.agreesWith([], true)).toBe(false);
  });

  it("a ledger that ends before an entry which was seen but never come to", () => {
    ahead.note(at(4), at(4));
    expect(ahead.agreesWith([], true)).toBe(false);
  });

  it("another entry of that number", () => {
    ahead.note(at(6), at(4));
    expect(ahead.agreesWith([at(4), at(5), at(6, "other")], false)).toBe(false);
  });

  it.each([
    ["behind an entry seen before", [at(2)]],
    ["that ended with another entry than the one seen", [at(4, "other")]],
    ["that contradicts one before", [at(6), at(6, "other")]],
  ])("a reading %s, until everything was read anew", (_case, readings) => {
    for (const reading of readings) ahead.note(reading, at(4));
    expect(ahead.agreesWith([at(4), at(5), at(6)], true)).toBe(false);
    ahead.moveTo(at(6));
    expect(ahead.agreesWith([], true)).toBe(false);
    ahead.startAt(at(2));
    expect(ahead.agreesWith([], true)).toBe(true);
  });
});
