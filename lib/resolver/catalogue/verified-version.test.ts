import { describe, expect, it } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import { approvalMetaOf, manifestOf, namedDigests } from "#lib/resolver/catalogue/signed-head.ts";
import { verifyVersion } from "#lib/resolver/catalogue/verified-version.ts";
import type { VersionRecord } from "#lib/resolver/source.ts";
import {
  approvalRecord,
  makePredicate,
  makeRegistry,
  makeVersion,
  manifestBytes,
  now,
  revocationOf,
} from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const texts = { name: "io.acme/weather", version: "1.0.0", title: "Weather", description: "Says WHAT it is like" };
const verify = (row: VersionRecord, name = texts.name) => verifyVersion(name, row, registry);
const other = { ...texts, version: "2.0.0" };

describe("a row that agrees with what was signed", () => {
  it("gives the exact manifest bytes and signed facts", () => {
    const facts = verify(makeVersion(registry, texts));
    expect(manifestOf(facts)).toEqual(manifestBytes(texts));
    expect(namedDigests(approvalMetaOf(facts)).manifest).toEqual([digestOf(manifestBytes(texts))]);
    expect(facts.searchText).toBe("io.acme/weather\nweather\nsays what it is like");
    expect(facts).toMatchObject({ revocation: null, hidden: null, publishedAt: Date.parse("2026-05-22T12:00:00Z") });
  });

  it("takes publication from the first round and expiry from the newest", () => {
    const row = makeVersion(registry, texts);
    const renewal = { round: 2, approvedAt: "2026-05-30T00:00:00.000Z", expiresAt: "2026-12-01T00:00:00.000Z" };
    row.approvals.push(approvalRecord(registry, manifestBytes(texts), makePredicate(texts, renewal)));
    const facts = verify({ ...row, round: 2 });
    expect(facts.publishedAt).toBe(Date.parse("2026-05-22T12:00:00Z"));
    expect(facts.expiresAt).toBe(Date.parse(renewal.expiresAt));
  });

  it("is hidden by a signed revocation whatever its state says", () => {
    const facts = verify(makeVersion(registry, { ...texts, revoked: true, row: { state: "approved" } }));
    expect(facts).toMatchObject({ revocation: expect.anything(), hidden: { message: "Revoked: found malicious" } });
  });

  it("stays revoked when a later approval follows", () => {
    const row = makeVersion(registry, { ...texts, revoked: true });
    row.approvals.push(approvalRecord(registry, manifestBytes(texts), makePredicate(texts, { round: 3 })));
    expect(verify({ ...row, state: "approved", round: 3 }).revocation).not.toBeNull();
  });

  it.each(["revoked", "quarantined"])("is hidden, unsigned, when its state says %s", (state) => {
    const facts = verify(makeVersion(registry, { ...texts, row: { state } }));
    expect(facts).toMatchObject({ revocation: null, hidden: { message: expect.any(String) } });
  });
});

const edited = (changes: Partial<VersionRecord>) => () => makeVersion(registry, { ...texts, row: changes });
const signedOver = (changes: Parameters<typeof makePredicate>[1]) => () =>
  makeVersion(registry, { ...texts, approval: changes });

/** Each row is what somebody who can write the database, but not sign, might leave there. */
const tampered: [string, () => VersionRecord, RegExp][] = [
  [
    "other manifest bytes",
    edited({ manifest: manifestBytes({ ...texts, title: "Evil" }) }),
    /does not have its digest/,
  ],
  [
    "other manifest bytes with their digest",
    edited({
      manifest: manifestBytes({ ...texts, title: "Evil" }),
      manifestDigest: digestOf(manifestBytes({ ...texts, title: "Evil" })),
    }),
    /about something else/,
  ],
  [
    "one more space in the manifest",
    edited({ manifest: Buffer.concat([manifestBytes(texts), Buffer.from(" ")]) }),
    /digest/,
  ],
  ["no manifest", edited({ manifest: null }), /larger than any real one/],
  ["another version's number", edited({ version: "9.9.9" }), /names another version/],
  ["no countersignature", edited({ approvals: [] }), /no countersignature/],
  ["no countersignature, round 0", edited({ approvals: [], round: 0 }), /no countersignature/],
  [
    "the countersignature of another version",
    () => ({ ...makeVersion(registry, texts), approvals: makeVersion(registry, other).approvals }),
    /about something else/,
  ],
  ["a countersignature by another key", () => makeVersion({ ...makeRegistry() }, texts), /key-unknown/],
  [
    "a countersignature for another registry",
    () => makeVersion({ ...registry, registryId: "https://other.example" }, texts),
    /predicate-type/,
  ],
  [
    "a countersignature that is no JSON",
    edited({ approvals: [{ round: 1, state: "approved", sha256: "", bundle: Buffer.from("{") }] }),
    /malformed/,
  ],
  [
    "a countersignature too large",
    edited({ approvals: [{ round: 1, state: "approved", sha256: "", bundle: null }] }),
    /larger/,
  ],
  ["state pending", edited({ state: "pending" }), /cannot be pending/],
  ["state rejected", edited({ state: "rejected" }), /cannot be rejected/],
  ["state withdrawn", edited({ state: "withdrawn" }), /cannot be withdrawn/],
  ["an unknown state", edited({ state: "blessed" }), /cannot be blessed/],
  ["a higher round", edited({ round: 2 }), /newest countersignature is missing/],
  [
    "a lower round",
    () => ({ ...makeVersion(registry, { ...texts, revoked: true }), round: 1, state: "approved" }),
    /newest/,
  ],
  [
    "its first round taken away",
    () => dropRound(makeVersion(registry, { ...texts, revoked: true }), 1),
    /round 1 is missing/,
  ],
  ["its revocation taken away", () => dropRound(makeVersion(registry, { ...texts, revoked: true }), 2), /newest/],
  [
    "a revocation relabelled as approval",
    () => relabel(makeVersion(registry, { ...texts, revoked: true })),
    /something else/,
  ],
  ["rounds exchanged", () => exchangeRounds(makeVersion(registry, { ...texts, revoked: true })), /something else/],
  ["a digest that is not the file's", () => redigest(makeVersion(registry, texts)), /something else/],
  ["a time that is none", edited({ updatedAt: new Date(Number.NaN) }), /not a time/],
  ["an infinite time", edited({ statusChangedAt: Infinity as unknown as Date }), /not a time/],
  ["these bytes signed as another server", signedOver({ name: "io.acme/other" }), /about something else/],
  ["these bytes signed as another version", signedOver({ version: "2.0.0" }), /about something else/],
  ["signed before the key was valid", signedOver({ approvedAt: "2025-12-31T00:00:00.000Z" }), /key-not-valid/],
];

it.each(tampered)("refuses a row with %s", (_, makeRow, reason) => {
  expect(() => verify(makeRow())).toThrow(reason);
});

it("refuses a row under another server's name", () => {
  expect(() => verify(makeVersion(registry, texts), "io.acme/other")).toThrow(/names another version/);
});

it.each(["[]", "null", '"text"', '{"a":1},"_meta":{"x":1', '{"a":1} {"b":2}', "\xef\xbb\xbf{}", "\xff{"])(
  "refuses manifest bytes that would not splice: %j",
  (text) => {
    const manifest = Buffer.from(text, "latin1");
    const row = { ...makeVersion(registry, texts), manifest, manifestDigest: digestOf(manifest) };
    expect(() => verify(row)).toThrow(/not a JSON object|names another/);
  },
);

it("refuses everything once the signing key is revoked", () => {
  const [key] = registry.keySet.keys;
  const keySet = { keys: [{ ...key!, revokedAt: new Date(now).toISOString() }] };
  expect(() => verifyVersion(texts.name, makeVersion(registry, texts), { ...registry, keySet })).toThrow(/key-revoked/);
});

it("refuses a junk countersignature beside true ones, since it may stand where a revocation was", () => {
  const row = makeVersion(registry, texts);
  row.approvals.push({ round: 2, state: "revoked", sha256: "", bundle: Buffer.from("gone") });
  expect(() => verify({ ...row, round: 2 })).toThrow(/malformed/);
});

function dropRound(row: VersionRecord, round: number): VersionRecord {
  return { ...row, state: "approved", approvals: row.approvals.filter((approval) => approval.round !== round) };
}

function relabel(row: VersionRecord): VersionRecord {
  return {
    ...row,
    state: "approved",
    approvals: row.approvals.map((approval) => ({ ...approval, state: "approved" })),
  };
}

function exchangeRounds(row: VersionRecord): VersionRecord {
  return { ...row, approvals: row.approvals.map((approval) => ({ ...approval, round: 3 - approval.round })) };
}

function redigest(row: VersionRecord): VersionRecord {
  return { ...row, approvals: row.approvals.map((approval) => ({ ...approval, sha256: "0".repeat(64) })) };
}

it("keeps a revocation's statement for those who ask for deleted versions", () => {
  const revocation = revocationOf(makePredicate(texts));
  const facts = verify(makeVersion(registry, { ...texts, revoked: true }));
  expect(JSON.parse(approvalMetaOf(facts).toString()).approval).toMatchObject({
    round: revocation.round,
    approvedAt: revocation.approvedAt,
    expiresAt: null,
  });
});
