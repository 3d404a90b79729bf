import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import { signApproval } from "#lib/signing/approval.ts";
import type { ApprovalPredicate } from "#lib/signing/approval-predicate.ts";
import type { OfflineInput } from "#lib/signing/offline-verdict.ts";
import { signPublishStatement } from "#lib/signing/sign-publish.ts";
import type { VerifiedUpload } from "#lib/signing/upload.ts";
import { verifyOffline } from "#lib/signing/verify-offline.ts";
import { verifyUpload } from "#lib/signing/verify-upload.ts";
import { approvedAt, expiresAt, makeRegistryKey, toPredicate } from "#lib/testing/signing/approvals.ts";
import { librarySigner, makeMessageBundle, makeStatementBundle, toBytes } from "#lib/testing/signing/bundles.ts";
import {
  name,
  openWorkshop,
  registryId,
  signingTime,
  toKeyRule,
  toManifest,
  version,
  type Workshop,
  workflowRule,
} from "#lib/testing/signing/workshop.ts";

const manifestBytes = toManifest();
const registry = makeRegistryKey();
const at = Date.parse("2026-04-01T00:00:00Z");
const receivedAt = signingTime + 60_000;

let workshop: Workshop;
let byWorkflow: OfflineInput;
let byKey: OfflineInput;
beforeAll(async () => {
  workshop = await openWorkshop();
  byWorkflow = publish(toBytes(await makeStatementBundle(workshop)));
  const signed = { manifestBytes, name, version, registryId, signer: workshop.keySigner };
  byKey = publish(await signPublishStatement(signed));
});
afterAll(() => workshop.close());

/** Takes an upload, countersigns it, and hands out the five files. */
function publish(bundleBytes: Buffer, changes: Partial<ApprovalPredicate> = {}): OfflineInput {
  const rules = [{ ...workflowRule, allowMessageSignatures: true }, toKeyRule({ allowMessageSignatures: true })];
  const verdict = verifyUpload(workshop.toInput(bundleBytes, { rules, now: receivedAt }));
  if (!verdict.ok) throw new Error(`${verdict.code}: ${verdict.detail}`);
  const approvalBytes = countersign({ bundles: [toApprovalBundle(verdict.upload)], ...changes });
  const trustRootBytes = verdict.upload.trustRoot.bytes;
  return { manifestBytes, bundleBytes, approvalBytes, trustRootBytes, keySet: registry.keySet, registryId, at };
}

function countersign(changes: Partial<ApprovalPredicate>, manifestDigest = digestOf(manifestBytes)): Buffer {
  return signApproval({ predicate: toPredicate(changes), manifestDigest, privateKeyPem: registry.privateKeyPem });
}

function toApprovalBundle(upload: VerifiedUpload): ApprovalPredicate["bundles"][number] {
  return {
    sha256: upload.bundleSha256,
    identity: upload.identity,
    rule: { id: upload.ruleId, summary: upload.ruleSummary },
    signedAt: upload.signedAt === null ? null : new Date(upload.signedAt).toISOString(),
    receivedAt: new Date(receivedAt).toISOString(),
    trustRoot: { slug: upload.trustRoot.slug, sha256: upload.trustRoot.sha256 },
  };
}

const stepIds = [
  "approval",
  "manifest",
  "state",
  "bundle",
  "trust-root",
  "signature",
  "identity",
  "statement",
  "expiry",
];

describe("files that prove an approved version", () => {
  test("signed by a workflow", () => {
    const verdict = verifyOffline(byWorkflow);
    expect(verdict).toMatchObject({ ok: true, revocation: "not-checked", identity: { kind: "github-actions" } });
    expect(verdict.steps.map((step) => step.id)).toEqual(stepIds);
  });

  test("signed by a managed key", () => {
    expect(verifyOffline(byKey)).toMatchObject({ ok: true, identity: { kind: "key", keyId: "key-1" } });
  });

  test("signed by a managed key and dated by a log", async () => {
    const signer = librarySigner(workshop.keyPem);
    const input = publish(toBytes(await makeStatementBundle(workshop, { signer })));
    expect(verifyOffline(input)).toMatchObject({ ok: true, identity: { kind: "key" } });
  });

  test("signed over the file itself", async () => {
    expect(verifyOffline(publish(toBytes(await makeMessageBundle(workshop))))).toMatchObject({ ok: true });
  });

  test("with the approval's outer JSON written otherwise", () => {
    const { dsseEnvelope, ...rest } = JSON.parse(Buffer.from(byKey.approvalBytes).toString());
    const approvalBytes = Buffer.from(JSON.stringify({ dsseEnvelope, ...rest }, null, 4));
    expect(approvalBytes).not.toEqual(byKey.approvalBytes);
    expect(verifyOffline({ ...byKey, approvalBytes })).toMatchObject({ ok: true });
  });
});

describe("one flipped bit anywhere in", () => {
  test.each(["manifestBytes", "bundleBytes", "approvalBytes", "trustRootBytes"] as const)("%s is refused", (file) => {
    for (const input of [byWorkflow, byKey]) {
      const original = Buffer.from(input[file]);
      for (let n = 0; n < 200; n++) {
        const changed = Buffer.from(original);
        const place = Math.floor((n * original.length) / 200);
        changed[place] = (changed[place] ?? 0) ^ (1 << (n % 8));
        const verdict = verifyOffline({ ...input, [file]: changed });
        expect(verdict).toMatchObject({ ok: false, code: expect.any(String) });
        expect(verdict.steps.at(-1)).toMatchObject({ ok: false });
      }
    }
  });
});

describe("is refused", () => {
  const refusals: [string, string, () => Partial<OfflineInput>][] = [
    ["before it begins", "not-yet-valid", () => ({ at: Date.parse(approvedAt) - 1 })],
    ["when it has ended", "expired", () => ({ at: Date.parse(expiresAt) })],
    ["for another registry", "predicate-type", () => ({ registryId: "https://other.example" })],
    ["by keys of another registry", "key-unknown", () => ({ keySet: makeRegistryKey().keySet })],
    [
      "with another version's manifest",
      "manifest-mismatch",
      () => ({ manifestBytes: toManifest({ version: "1.2.1" }) }),
    ],
    ["with another publisher's bundle", "bundle-mismatch", () => ({ bundleBytes: byWorkflow.bundleBytes })],
    ["with other trust material", "trust-root-mismatch", () => ({ trustRootBytes: byWorkflow.trustRootBytes })],
    ["with an empty approval", "malformed", () => ({ approvalBytes: Buffer.alloc(0) })],
    ["when it is a revocation", "revoked", () => ({ approvalBytes: recountersign({ state: "revoked" }) })],
    [
      "when it names another version",
      "version-mismatch",
      () => ({ approvalBytes: recountersign({ version: "9.9.9" }) }),
    ],
  ];
  test.each(refusals)("%s: %s", (_when, code, change) => {
    expect(verifyOffline({ ...byKey, ...change() })).toMatchObject({ ok: false, code });
  });

  test("when the approval names another identity than the one that signed", () => {
    const [bundle] = named(byKey);
    const identity = { kind: "email", issuer: "https://accounts.example", email: "ann@acme.example" } as const;
    const approvalBytes = recountersign({ bundles: [{ ...bundle!, identity }] });
    expect(verifyOffline({ ...byKey, approvalBytes })).toMatchObject({ ok: false, code: "identity-mismatch" });
  });

  test("when the approval names another time than the verified one", () => {
    const [bundle] = named(byWorkflow);
    const approvalBytes = countersign({ bundles: [{ ...bundle!, signedAt: "2026-03-01T12:00:01.000Z" }] });
    expect(verifyOffline({ ...byWorkflow, approvalBytes })).toMatchObject({ ok: false, code: "identity-mismatch" });
  });

  test("when the key was revoked before receipt, whatever the approval says", () => {
    const [bundle] = named(byKey);
    const approvalBytes = recountersign({ bundles: [{ ...bundle!, receivedAt: "2025-12-31T00:00:00.000Z" }] });
    expect(verifyOffline({ ...byKey, approvalBytes })).toMatchObject({ ok: false, code: "key-not-valid" });
  });
});

function named(input: OfflineInput): ApprovalPredicate["bundles"] {
  const { payload } = JSON.parse(Buffer.from(input.approvalBytes).toString()).dsseEnvelope;
  return JSON.parse(Buffer.from(payload, "base64").toString()).predicate.bundles;
}

function recountersign(changes: Partial<ApprovalPredicate>): Buffer {
  return countersign({ bundles: named(byKey), ...changes });
}
