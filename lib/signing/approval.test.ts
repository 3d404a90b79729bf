import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import { PAYLOAD_TYPE_IN_TOTO } from "#lib/core/identifiers.ts";
import { signApproval, verifyApproval } from "#lib/signing/approval.ts";
import { pinStatus } from "#lib/signing/approval-predicate.ts";
import { signStatement } from "#lib/signing/dsse.ts";
import { approvedAt, makeRegistryKey, toPredicate } from "#lib/testing/signing/approvals.ts";
import { registryId, toManifest } from "#lib/testing/signing/workshop.ts";

const manifestDigest = digestOf(toManifest());
const registry = makeRegistryKey();
const bytes = signApproval({ predicate: toPredicate(), manifestDigest, privateKeyPem: registry.privateKeyPem });
const verify = (bundleBytes: Uint8Array, keySet = registry.keySet, id = registryId) =>
  verifyApproval({ bundleBytes, keySet, registryId: id });

/** Signs any statement with the registry's own key: what a bug or a thief could make. */
function signAnything(change: (statement: Record<string, unknown>) => void): Buffer {
  const { payload } = JSON.parse(bytes.toString()).dsseEnvelope;
  const statement = JSON.parse(Buffer.from(payload, "base64").toString());
  change(statement);
  const privateKey = createPrivateKey(registry.privateKeyPem);
  return signStatement(statement, privateKey, createPublicKey(privateKey));
}

const predicateOf = (statement: Record<string, unknown>) => statement.predicate as Record<string, unknown>;

test("says what was signed, about these bytes, by which key", () => {
  expect(verify(bytes)).toEqual({
    ok: true,
    approval: {
      predicate: toPredicate(),
      manifestDigest,
      keyId: registry.publicKey.keyId,
      sha256: digestOf(bytes).slice(7),
    },
  });
});

test("names the manifest first and then every pin that has a digest", () => {
  const { payload, payloadType, signatures } = JSON.parse(bytes.toString()).dsseEnvelope;
  expect(payloadType).toBe(PAYLOAD_TYPE_IN_TOTO);
  expect(signatures).toEqual([{ sig: expect.any(String) }]);
  const { subject } = JSON.parse(Buffer.from(payload, "base64").toString());
  expect(subject).toEqual([
    { name: "io.github.acme/weather@1.2.0/server.json", digest: { sha256: manifestDigest.slice(7) } },
    { name: "oci:ghcr.io/acme/weather", digest: { sha256: "c".repeat(64) } },
  ]);
});

test("a revocation needs neither review nor end", () => {
  const predicate = toPredicate({ state: "revoked", round: 2, reviewDigest: null, expiresAt: null });
  const revocation = signApproval({ predicate, manifestDigest, privateKeyPem: registry.privateKeyPem });
  expect(verify(revocation)).toMatchObject({ ok: true, approval: { predicate: { state: "revoked", round: 2 } } });
});

describe("is never signed when", () => {
  test.each([
    ["it names no review", { reviewDigest: null }],
    ["it never ends", { expiresAt: null }],
    ["it ends before it begins", { expiresAt: approvedAt }],
    ["one person counts twice", { approvers: ["a", "a"] }],
    ["too few people approved", { policy: { sha256: "d".repeat(64), required: 2 } }],
    ["it has no bundle", { bundles: [] }],
    ["its time has no milliseconds", { approvedAt: "2026-03-02T09:00:00Z" }],
  ])("%s", (_why, change) => {
    const predicate = toPredicate(change);
    expect(() => signApproval({ predicate, manifestDigest, privateKeyPem: registry.privateKeyPem })).toThrow();
  });
});

describe("is refused", () => {
  test.each(Object.keys(toPredicate()))("without %s", (member) => {
    const signed = signAnything((statement) => delete predicateOf(statement)[member]);
    expect(verify(signed)).toMatchObject({ ok: false, code: "predicate" });
  });

  test.each<[string, string, (statement: Record<string, unknown>) => void]>([
    ["with an unknown member", "predicate", (s) => Object.assign(predicateOf(s), { extra: 1 })],
    ["of another predicate type", "predicate-type", (s) => Object.assign(s, { predicateType: "https://x.example" })],
    [
      "whose predicate names another registry",
      "wrong-registry",
      (s) => Object.assign(predicateOf(s), { registry: "x" }),
    ],
    [
      "of statement v0.1",
      "statement-malformed",
      (s) => Object.assign(s, { _type: "https://in-toto.io/Statement/v0.1" }),
    ],
    ["without its pins among the subjects", "statement-malformed", (s) => (s.subject as unknown[]).pop()],
    ["with an added subject", "statement-malformed", (s) => (s.subject as unknown[]).push((s.subject as unknown[])[0])],
    ["without subject", "statement-malformed", (s) => Object.assign(s, { subject: [] })],
  ])("%s", (_what, code, change) => {
    expect(verify(signAnything(change))).toMatchObject({ ok: false, code });
  });

  test.each([
    ["a key nobody pinned", "key-unknown", {}, true],
    ["a key revoked, even later", "key-revoked", { revokedAt: "2027-01-01T00:00:00.000Z" }, false],
    ["a key that had ended", "key-not-valid", { notAfter: approvedAt }, false],
    ["a key that had not begun", "key-not-valid", { notBefore: "2026-03-02T09:00:00.001Z" }, false],
  ])("by %s", (_who, code, changes, other) => {
    const key = other ? makeRegistryKey().publicKey : { ...registry.publicKey, ...changes };
    expect(verify(bytes, { keys: [key] })).toMatchObject({ ok: false, code });
  });

  test("with another registry's address", () => {
    expect(verify(bytes, registry.keySet, "https://other.example")).toMatchObject({ code: "predicate-type" });
  });

  test("with another's signature", () => {
    const other = JSON.parse(signAnything(() => undefined).toString());
    const mixed = JSON.parse(bytes.toString());
    mixed.dsseEnvelope.payload = Buffer.from("{}").toString("base64");
    expect(verify(Buffer.from(JSON.stringify(mixed)))).toMatchObject({ ok: false, code: "signature-invalid" });
    expect(verify(Buffer.from(JSON.stringify(other)))).toMatchObject({ ok: true });
  });

  test.each([
    ["a repeated envelope", (text: string) => text.replace(/}$/, ',"dsseEnvelope":{}}')],
    ["a second signature", (text: string) => text.replace(/"signatures":\[({.*?})\]/, '"signatures":[$1,$1]')],
    ["a log entry", (text: string) => text.replace('"tlogEntries":[]', '"tlogEntries":[{}]')],
    ["another media type", (text: string) => text.replace("v0.3", "v0.4")],
    ["another key's id", (text: string) => text.replace('"sig":', '"keyid":"other","sig":')],
    ["base64 with a line end", (text: string) => text.replace('"sig":"', '"sig":"\\n')],
  ])("with %s", (_what, change) => {
    const changed = change(bytes.toString());
    expect(changed).not.toBe(bytes.toString());
    expect(verify(Buffer.from(changed))).toMatchObject({ ok: false, code: "malformed" });
  });
});

test.each([
  [[], "none"],
  [["pinned"], "pinned"],
  [["unpinned"], "unpinned"],
  [["pinned", "unpinned"], "partial"],
] as const)("pins %j are %s", (statuses, expected) => {
  expect(pinStatus(statuses.map((status) => ({ status })))).toBe(expected);
});
