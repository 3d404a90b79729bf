import { generateKeyPairSync } from "node:crypto";
import { digestOf, sha256Hex } from "#lib/core/digest.ts";
import type { ApprovalRecord, VersionRecord } from "#lib/resolver/source.ts";
import { type ApprovalPredicate, type KeySet, registryKeyId, signApproval } from "#lib/signing/index.ts";

/** A registry that signs for tests: its key, its key set and rows as the product would have written them. */
export type TestRegistry = {
  registryId: string;
  keySet: KeySet;
  /** Signs any statement, true or not. */
  sign(manifest: Uint8Array, predicate: ApprovalPredicate): Buffer;
};

export const registryId = "https://registry.example.com";
export const day = 86_400_000;
/** The fixed "now" of these tests. */
export const now = Date.parse("2026-06-01T12:00:00.000Z");

export function makeRegistry(id = registryId): TestRegistry {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const privateKeyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const key = {
    keyId: registryKeyId(publicKey),
    spkiPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    notBefore: "2026-01-01T00:00:00.000Z",
    notAfter: null,
    revokedAt: null,
    rotation: null,
  };
  return {
    registryId: id,
    keySet: { keys: [key] },
    sign: (manifest, predicate) => signApproval({ predicate, manifestDigest: digestOf(manifest), privateKeyPem }),
  };
}

export type ManifestTexts = { name: string; version: string; title?: string; description?: string };

/** Manifest bytes with an unusual layout, so that a re-encoding would show. */
export function manifestBytes({ description = "A server for tests", ...texts }: ManifestTexts): Buffer {
  return Buffer.from(`{ "description": ${JSON.stringify(description)},\n  ${JSON.stringify(texts).slice(1)}\n`);
}

export const bundleBytes = (name: string, version: string) => Buffer.from(`{"bundle of":"${name}@${version}"}`);
export const trustRootBytes = Buffer.from('{"a":"trusted root"}');

export function makePredicate(
  texts: ManifestTexts,
  changes: Partial<ApprovalPredicate> & { registry?: string } = {},
): ApprovalPredicate {
  const approvedAt = new Date(now - 10 * day).toISOString();
  return {
    registry: registryId,
    name: texts.name,
    version: texts.version,
    state: "approved",
    round: 1,
    bundles: [
      {
        sha256: sha256Hex(bundleBytes(texts.name, texts.version)),
        identity: { kind: "key", hint: "aGludA==", keyId: "k1", label: "release key", algorithm: "ecdsa-p256-sha256" },
        rule: { id: "rule-1", summary: "the release key" },
        signedAt: null,
        receivedAt: approvedAt,
        trustRoot: { slug: "managed-key", sha256: sha256Hex(trustRootBytes) },
      },
    ],
    pins: { status: "none", entries: [] },
    surface: { status: "not-captured" },
    policy: { sha256: sha256Hex("policy"), required: 1 },
    reviewDigest: `sha256:${sha256Hex("review")}`,
    approvers: ["person-1"],
    approvedAt,
    expiresAt: new Date(now + 80 * day).toISOString(),
    auditHead: { seq: 1, sha256: sha256Hex("head") },
    ...changes,
  };
}

export function approvalRecord(
  registry: TestRegistry,
  manifest: Uint8Array,
  predicate: ApprovalPredicate,
): ApprovalRecord {
  const bundle = registry.sign(manifest, predicate);
  return { round: predicate.round, state: predicate.state, sha256: sha256Hex(bundle), bundle };
}

/** The predicate of the signed revocation that follows an approval. */
export function revocationOf(approval: ApprovalPredicate): ApprovalPredicate {
  const revoked = { state: "revoked" as const, round: approval.round + 1, reviewDigest: null, expiresAt: null };
  return { ...approval, ...revoked, approvedAt: new Date(now - day).toISOString() };
}

export type VersionOptions = ManifestTexts & {
  approval?: Partial<ApprovalPredicate>;
  row?: Partial<VersionRecord>;
  revoked?: boolean;
};

/** A version row, truly signed, with its columns in agreement unless `row` changes them. */
export function makeVersion(
  registry: TestRegistry,
  { approval, row, revoked, ...texts }: VersionOptions,
): VersionRecord {
  const manifest = manifestBytes(texts);
  const predicate = makePredicate(texts, { registry: registry.registryId, ...approval });
  const approvals = [approvalRecord(registry, manifest, predicate)];
  if (revoked) approvals.push(approvalRecord(registry, manifest, revocationOf(predicate)));
  return {
    version: texts.version,
    state: revoked ? "revoked" : "approved",
    deprecated: false,
    round: approvals.length,
    expiredRound: null,
    manifest,
    manifestDigest: digestOf(manifest),
    statusChangedAt: new Date(predicate.approvedAt),
    updatedAt: new Date(predicate.approvedAt),
    statusMessage: revoked ? "found malicious" : null,
    approvals,
    ...row,
  };
}
