import { createPublicKey } from "node:crypto";
import type { ApprovalPredicate } from "#lib/signing/approval-predicate.ts";
import { type KeySet, type RegistryPublicKey, registryKeyId } from "#lib/signing/key-set.ts";
import { makePrivateKeyPem, name, registryId, version } from "#lib/testing/signing/workshop.ts";

const hash = (digit: string) => digit.repeat(64);
export const approvedAt = "2026-03-02T09:00:00.000Z";
export const expiresAt = "2026-05-31T09:00:00.000Z";

export function makeRegistryKey(changes: Partial<RegistryPublicKey> = {}): {
  privateKeyPem: string;
  publicKey: RegistryPublicKey;
  keySet: KeySet;
} {
  const privateKeyPem = makePrivateKeyPem();
  const key = createPublicKey(privateKeyPem);
  const publicKey = {
    keyId: registryKeyId(key),
    spkiPem: key.export({ type: "spki", format: "pem" }).toString(),
    notBefore: "2026-01-01T00:00:00.000Z",
    notAfter: null,
    revokedAt: null,
    rotation: null,
    ...changes,
  };
  return { privateKeyPem, publicKey, keySet: { keys: [publicKey] } };
}

export function toPredicate(changes: Partial<ApprovalPredicate> = {}): ApprovalPredicate {
  return {
    registry: registryId,
    name,
    version,
    state: "approved",
    round: 1,
    bundles: [
      {
        sha256: hash("a"),
        identity: {
          kind: "key",
          hint: "hint",
          keyId: "key-1",
          label: "Acme release key",
          algorithm: "ecdsa-p256-sha256",
        },
        rule: { id: "rule-key", summary: "Managed key Acme release key" },
        signedAt: null,
        receivedAt: "2026-03-01T12:01:00.000Z",
        trustRoot: { slug: "managed-key", sha256: hash("b") },
      },
    ],
    pins: {
      status: "partial",
      entries: [
        {
          package: 0,
          registryType: "oci",
          identifier: "ghcr.io/acme/weather",
          version: null,
          status: "pinned",
          digest: `sha256:${hash("c")}`,
          reason: "image digest",
        },
        {
          package: 1,
          registryType: "npm",
          identifier: "@acme/weather",
          version: "^1.2.0",
          status: "unpinned",
          digest: null,
          reason: "a range, not a version",
        },
      ],
    },
    surface: { status: "not-captured" },
    policy: { sha256: hash("d"), required: 1 },
    reviewDigest: `sha256:${hash("e")}`,
    approvers: ["person-1"],
    approvedAt,
    expiresAt,
    auditHead: { seq: 12, sha256: hash("f") },
    ...changes,
  };
}
