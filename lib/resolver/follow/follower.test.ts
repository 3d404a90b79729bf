import { expect, it } from "vitest";
import { continueFrom } from "#lib/resolver/follow/continuation.ts";

const entry = (seq: number, sha256 = `h${seq}`) => ({
  seq: BigInt(seq),
  sha256,
  at: seq,
  action: "version.publish",
  serverName: null,
});
const at = (seq: number) => ({ seq: BigInt(seq), at: seq, sha256: seq === 0 ? "" : `h${seq}` });

it("goes on after the last entry known", () => {
  const found = continueFrom(at(3), [entry(3), entry(4), entry(5)]);
  expect(found).toEqual({ kind: "next", events: [entry(4), entry(5)], gap: false });
});

it("starts an empty ledger at its first entry", () => {
  expect(continueFrom(at(0), [entry(1)])).toEqual({ kind: "next", events: [entry(1)], gap: false });
  expect(continueFrom(at(0), [])).toEqual({ kind: "next", events: [], gap: false });
});

it.each([
  ["is gone", []],
  ["is gone but later ones exist", [entry(4)]],
  ["has another hash", [entry(3, "other"), entry(4)]],
])("is broken when the last entry %s", (_, entries) => {
  expect(continueFrom(at(3), entries)).toEqual({ kind: "broken" });
});

it("believes nothing after a gap", () => {
  expect(continueFrom(at(3), [entry(3), entry(4), entry(9)])).toEqual({ kind: "next", events: [entry(4)], gap: true });
  expect(continueFrom(at(3), [entry(3), entry(9)])).toEqual({ kind: "next", events: [], gap: true });
});
