import { expect, it } from "vitest";
import { toVersionRecord, type VersionRow } from "#lib/resolver/database/store-rows.ts";

const row: VersionRow = {
  name: "io.acme/weather",
  version: "1.0.0",
  state: "revoked",
  deprecated: false,
  round: 4,
  expired_round: null,
  manifest: Buffer.from("{}"),
  manifest_digest: "sha256:",
  status_changed_at: new Date(1),
  updated_at: new Date(2),
  status_message: null,
  rounds: [4, 3, 2, 1],
  states: ["revoked", "approved", "approved", "approved"],
  digests: ["d", "c", "b", "a"],
  lengths: [3, null, 0, 2],
  bundles: Buffer.from("dddaa"),
};

it("gives each countersignature its own bytes, and none to one that is too large", () => {
  const bundles = toVersionRecord(row).approvals.map(({ bundle }) => bundle && Buffer.from(bundle).toString());
  expect(bundles).toEqual(["ddd", null, "", "aa"]);
});

it("gives none when all are too large, or there are none", () => {
  const large = toVersionRecord({ ...row, lengths: [null, null, null, null], bundles: null });
  expect(large.approvals.map(({ round, bundle }) => [round, bundle])).toEqual([
    [4, null],
    [3, null],
    [2, null],
    [1, null],
  ]);
  const nothing = { rounds: null, states: null, digests: null, lengths: null, bundles: null };
  expect(toVersionRecord({ ...row, ...nothing }).approvals).toEqual([]);
});
