import { canonicalBytes } from "#lib/core/canonical-json.ts";
import { digestOf, sha256Hex } from "#lib/core/digest.ts";
import { type VerifiedApproval, verifyApproval } from "#lib/signing/approval.ts";
import type { ApprovalBundle } from "#lib/signing/approval-predicate.ts";
import { describeIdentity } from "#lib/signing/identity-text.ts";
import type { KeySet } from "#lib/signing/key-set.ts";
import { assertSameName, readManifestName } from "#lib/signing/manifest-name.ts";
import { toOfflineTrust } from "#lib/signing/offline-trust.ts";
import { type ProvenBundle, proveBundle } from "#lib/signing/prove-bundle.ts";
import { plain } from "#lib/signing/quote.ts";
import { Refusal, type SignatureRefusal } from "#lib/signing/refusal.ts";
import type { RegistryRefusal } from "#lib/signing/registry-envelope.ts";
import { readPublishStatement } from "#lib/signing/statement.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";

export type OfflineRefusal =
  | RegistryRefusal
  | SignatureRefusal
  | "manifest-mismatch"
  | "bundle-mismatch"
  | "trust-root-mismatch"
  | "identity-mismatch"
  | "revoked"
  | "expired"
  | "not-yet-valid";

export type OfflineStep = { id: string; label: string; ok: boolean; detail: string };

export type OfflineVerdict = {
  ok: boolean;
  /** Every step made, in order; the last one is the one that failed, if any did. */
  steps: OfflineStep[];
  code?: OfflineRefusal;
  approval?: VerifiedApproval;
  identity?: VerifiedIdentity;
  /** Files alone cannot tell whether a later statement revoked this one. */
  revocation: "not-checked";
};

export type OfflineInput = {
  manifestBytes: Uint8Array;
  bundleBytes: Uint8Array;
  approvalBytes: Uint8Array;
  /** The trusted_root.json or managed-keys document that the approval names. */
  trustRootBytes: Uint8Array;
  keySet: KeySet;
  registryId: string;
  /** Moment to judge expiry at, milliseconds since the epoch. */
  at: number;
};

class Mismatch extends Error {
  readonly code: OfflineRefusal;
  constructor(code: OfflineRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The whole proof again from files, with nothing but the registry's public keys: the approval's signature, that it is
 * of this manifest, bundle and trust material, the publisher's signature over the manifest, that it is by the identity
 * the approval names, and expiry. Pure, never throws for bad input. Does not judge publisher rules (the approval says
 * which one matched) and cannot see revocation.
 */
export function verifyOffline(input: OfflineInput): OfflineVerdict {
  const steps: OfflineStep[] = [];
  const verdict: OfflineVerdict = { ok: false, steps, revocation: "not-checked" };
  const step = <T>(id: string, label: string, check: () => { value: T; detail: string }): T => {
    try {
      const { value, detail } = check();
      steps.push({ id, label, ok: true, detail });
      return value;
    } catch (error) {
      const mismatch = toMismatch(error);
      steps.push({ id, label, ok: false, detail: mismatch.message });
      throw mismatch;
    }
  };
  try {
    const approval = step("approval", "Countersigned by the registry", () => readApproval(input));
    verdict.approval = approval;
    step("manifest", "The approval is of this manifest", () => compareManifest(input, approval));
    step("state", "Approved, not revoked by this statement", () => compareState(approval));
    const named = step("bundle", "The approval names this publisher bundle", () => findBundle(input, approval));
    step("trust-root", "The approval names this trust material", () => compareTrustRoot(input, named));
    const proven = step("signature", "Signed by the publisher", () => proveAgain(input, named));
    step("identity", "By the identity the approval names", () => compareIdentity(proven, named));
    verdict.identity = proven.identity;
    step("statement", "The publisher meant this registry, name and version", () => compareStatement(proven, approval));
    step("expiry", "The approval is in force", () => compareExpiry(input.at, approval));
    return { ...verdict, ok: true };
  } catch (error) {
    return { ...verdict, code: toMismatch(error).code };
  }
}

function readApproval({ approvalBytes, keySet, registryId }: OfflineInput) {
  const verdict = verifyApproval({ bundleBytes: approvalBytes, keySet, registryId });
  if (!verdict.ok) throw new Mismatch(verdict.code, verdict.detail);
  return { value: verdict.approval, detail: `registry key ${verdict.approval.keyId}` };
}

function compareManifest({ manifestBytes }: OfflineInput, { manifestDigest, predicate }: VerifiedApproval) {
  const digest = digestOf(manifestBytes);
  if (digest !== manifestDigest) throw new Mismatch("manifest-mismatch", `it is of ${manifestDigest}, not ${digest}`);
  assertSameName("the manifest", readManifestName(manifestBytes), predicate);
  return { value: null, detail: `${plain(predicate.name)} ${plain(predicate.version)}, ${digest}` };
}

function compareState({ predicate: { state, round } }: VerifiedApproval) {
  if (state === "revoked") throw new Mismatch("revoked", "the registry revoked this version");
  return { value: null, detail: `round ${round}` };
}

function findBundle({ bundleBytes }: OfflineInput, { predicate }: VerifiedApproval) {
  const sha256 = sha256Hex(bundleBytes);
  const value = predicate.bundles.find((bundle) => bundle.sha256 === sha256);
  if (!value) throw new Mismatch("bundle-mismatch", `it does not name the bundle with sha256 ${sha256}`);
  return { value, detail: `sha256 ${sha256}` };
}

function compareTrustRoot({ trustRootBytes }: OfflineInput, { trustRoot }: ApprovalBundle) {
  const sha256 = sha256Hex(trustRootBytes);
  if (sha256 !== trustRoot.sha256) {
    throw new Mismatch("trust-root-mismatch", `it names sha256 ${trustRoot.sha256}, not ${sha256}`);
  }
  return { value: null, detail: `${plain(trustRoot.slug)}, sha256 ${sha256}` };
}

function proveAgain({ manifestBytes, bundleBytes, trustRootBytes }: OfflineInput, named: ApprovalBundle) {
  const trust = toOfflineTrust(trustRootBytes, named);
  const receivedAt = Date.parse(named.receivedAt);
  const value = proveBundle({ manifestBytes, bundleBytes, ...trust, receivedAt });
  return { value, detail: describeIdentity(value.identity) };
}

function compareIdentity({ identity, signedAt }: ProvenBundle, named: ApprovalBundle) {
  const actual = canonicalBytes({ identity, signedAt: signedAt === null ? null : new Date(signedAt).toISOString() });
  const expected = canonicalBytes({ identity: named.identity, signedAt: named.signedAt });
  if (!actual.equals(expected)) {
    throw new Mismatch("identity-mismatch", `the approval names ${describeIdentity(named.identity)}, or another time`);
  }
  return { value: null, detail: describeIdentity(identity) };
}

function compareStatement({ envelope, manifestDigest }: ProvenBundle, { predicate }: VerifiedApproval) {
  if (!envelope) return { value: null, detail: "bare signature over the manifest, which names them" };
  const sha256 = manifestDigest.slice("sha256:".length);
  const statement = readPublishStatement(envelope, sha256, predicate.registry);
  assertSameName("the publish statement", statement, predicate);
  return { value: null, detail: plain(`${statement.name} ${statement.version} for ${statement.registry}`) };
}

function compareExpiry(at: number, { predicate: { approvedAt, expiresAt } }: VerifiedApproval) {
  const end = expiresAt ?? approvedAt;
  if (at < Date.parse(approvedAt)) throw new Mismatch("not-yet-valid", `it begins at ${approvedAt}`);
  if (at >= Date.parse(end)) throw new Mismatch("expired", `it ended at ${end}`);
  return { value: null, detail: `from ${approvedAt} to ${end}` };
}

function toMismatch(error: unknown): Mismatch {
  if (error instanceof Mismatch) return error;
  if (error instanceof Refusal) return new Mismatch(error.code, error.detail);
  return new Mismatch("verification-failed", "the file could not be read");
}
