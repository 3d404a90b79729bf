import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type BackupPredicate, type KeySet, signBackup, verifyApproval, verifyBackup } from "#lib/signing/index.ts";
import { signKeyRotation } from "#lib/signing/key-rotation.ts";
import { registryKeyId } from "#lib/signing/key-set.ts";

const registryId = "https://registry.example.com";
const sha256 = "ab".repeat(32);
const at = "2026-03-01T10:00:00.000Z";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const privateKeyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const spkiPem = publicKey.export({ type: "spki", format: "pem" }).toString();
const validity = { notBefore: "2026-01-01T00:00:00.000Z", notAfter: "2027-01-01T00:00:00.000Z" };
const key = { keyId: registryKeyId(publicKey), spkiPem, ...validity, revokedAt: null, rotation: null };
const keySet: KeySet = { keys: [key] };

const chain = { entries: 3, head: { seq: 3, sha256, at }, intact: true, broken: null, auditHeadsChecked: 1 };
const predicate: BackupPredicate = {
  registry: registryId,
  instanceKind: "production",
  createdAt: at,
  migrations: [{ name: "20260101000000_init", sha256 }],
  tables: [{ name: "Person", columns: [["id", "uuid"]], rows: 2, sha256 }],
  chains: [
    { chain: "ledger", ...chain },
    { chain: "refusals", ...chain },
  ],
};

const sign = (changes: Partial<BackupPredicate> = {}) =>
  signBackup({ predicate: { ...predicate, ...changes }, bodySha256: sha256, privateKeyPem });
const verify = (bundleBytes: Uint8Array, changes: Partial<Parameters<typeof verifyBackup>[0]> = {}) => {
  const verdict = verifyBackup({ bundleBytes, keySet, registryId, ...changes });
  return verdict.ok ? verdict : verdict.code;
};

describe("the statement of a backup", () => {
  it("comes back as it was signed", () => {
    expect(verify(sign())).toEqual({ ok: true, predicate, bodySha256: sha256 });
  });

  it("is of one registry, and of a time at which its key was valid", () => {
    expect(verify(sign(), { registryId: "https://other.example.com" })).toBe("predicate-type");
    expect(verify(sign({ createdAt: "2025-12-31T23:59:59.999Z" }))).toBe("key-not-valid");
    expect(verify(sign({ createdAt: validity.notAfter }))).toBe("key-not-valid");
    expect(verify(sign(), { keySet: { keys: [{ ...key, revokedAt: at }] } })).toBe("key-revoked");
  });

  it("is nothing else that the registry signs, and nothing else is it", () => {
    expect(verifyApproval({ bundleBytes: sign(), keySet, registryId })).toMatchObject({
      ok: false,
      code: "predicate-type",
    });
    const rotation = { registryId, oldPrivateKeyPem: privateKeyPem, newSpkiPem: spkiPem, notBefore: at };
    expect(verify(signKeyRotation(rotation))).toBe("statement-malformed");
    expect(verify(Buffer.from("{}"))).toBe("malformed");
    expect(verify(Buffer.alloc(0))).toBe("malformed");
  });

  it("is not signed with anything missing or negative", () => {
    expect(() => sign({ chains: [] })).toThrow(/chains/);
    expect(() => sign({ tables: [{ name: "Person", columns: [["id", "uuid"]], rows: -1, sha256 }] })).toThrow(/rows/);
  });
});
