import { generateKeyPairSync } from "node:crypto";
import { digestOf } from "#lib/core/digest.ts";
import { extractPins, readManifest } from "#lib/manifest/index.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { type ApprovalPredicate, type KeySet, pinStatus, signApproval, verifyUpload } from "#lib/signing/index.ts";
import { managedKeySigner, signPublishStatement } from "#lib/signing/sign-publish.ts";
import { keySetOf, makeRegistryKey, type RegistryKeyPair } from "./registry-key.ts";

export type SignedVersion = {
  registryId: string;
  manifestBytes: Buffer;
  bundleBytes: Buffer;
  approvalBytes: Buffer;
  revocationBytes: Buffer;
  trustRootBytes: Uint8Array;
  key: RegistryKeyPair;
  keySet: KeySet;
  predicate: ApprovalPredicate;
};

const receivedAt = "2026-03-01T10:00:00.000Z";
const hex = "0".repeat(64);

/** A version that was really signed with a publisher's key, really verified, and really countersigned. */
export async function makeSignedVersion(registryId: string): Promise<SignedVersion> {
  const manifestBytes = Buffer.from(`${JSON.stringify(sampleManifest, null, 2)}\n`);
  const { name, version } = sampleManifest;
  const bundleBytes = await signAsPublisher(manifestBytes, registryId);
  const upload = acceptUpload(bundleBytes.signer, bundleBytes.bytes, manifestBytes, registryId);
  const key = makeRegistryKey("2026-01-01T00:00:00.000Z");
  const pins = extractPins(readManifest(manifestBytes));
  const predicate: ApprovalPredicate = {
    registry: registryId,
    name,
    version,
    state: "approved",
    round: 1,
    bundles: [
      {
        sha256: upload.bundleSha256,
        identity: upload.identity,
        rule: { id: upload.ruleId, summary: upload.ruleSummary },
        signedAt: null,
        receivedAt,
        trustRoot: { slug: upload.trustRoot.slug, sha256: upload.trustRoot.sha256 },
      },
    ],
    pins: { status: pinStatus(pins), entries: pins },
    surface: { status: "not-captured" },
    policy: { sha256: hex, required: 1 },
    reviewDigest: `sha256:${hex}`,
    approvers: ["reviewer-1"],
    approvedAt: "2026-03-02T10:00:00.000Z",
    expiresAt: "2036-03-02T10:00:00.000Z",
    auditHead: { seq: 7, sha256: hex },
  };
  const manifestDigest = digestOf(manifestBytes);
  const sign = (content: ApprovalPredicate) =>
    signApproval({ predicate: content, manifestDigest, privateKeyPem: key.privateKeyPem });
  const revoked: ApprovalPredicate = { ...predicate, state: "revoked", round: 2, reviewDigest: null, expiresAt: null };
  return {
    registryId,
    manifestBytes,
    bundleBytes: bundleBytes.bytes,
    approvalBytes: sign(predicate),
    revocationBytes: sign(revoked),
    trustRootBytes: upload.trustRoot.bytes,
    key,
    keySet: keySetOf(key),
    predicate,
  };
}

async function signAsPublisher(manifestBytes: Uint8Array, registryId: string) {
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const signer = managedKeySigner(privateKey);
  const { name, version } = sampleManifest;
  return { signer, bytes: await signPublishStatement({ manifestBytes, name, version, registryId, signer }) };
}

function acceptUpload(
  signer: ReturnType<typeof managedKeySigner>,
  bundleBytes: Uint8Array,
  manifestBytes: Uint8Array,
  registryId: string,
) {
  const { hint, spkiPem, algorithm } = signer;
  const dates = { notBefore: 0, notAfter: null, revokedAt: null };
  const verdict = verifyUpload({
    manifestBytes,
    bundleBytes,
    name: sampleManifest.name,
    version: sampleManifest.version,
    registryId,
    now: Date.parse(receivedAt),
    trustRoots: [],
    managedKeys: [{ id: "key-1", label: "release", hint, spkiPem, algorithm, ...dates }],
    rules: [{ id: "rule-1", kind: "key", managedKeyId: "key-1", allowMessageSignatures: false, label: "release" }],
  });
  if (!verdict.ok) throw new Error(`the sample upload was refused: ${verdict.code} ${verdict.detail}`);
  return verdict.upload;
}
