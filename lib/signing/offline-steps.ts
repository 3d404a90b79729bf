import { canonicalBytes } from "#lib/core/canonical-json.ts";
import { digestOf, sha256Hex } from "#lib/core/digest.ts";
import { type VerifiedApproval, verifyApproval } from "#lib/signing/approval.ts";
import type { ApprovalBundle } from "#lib/signing/approval-predicate.ts";
import { describeIdentity } from "#lib/signing/identity-text.ts";
import { assertSameName, readManifestName } from "#lib/signing/manifest-name.ts";
import { toOfflineTrust } from "#lib/signing/offline-trust.ts";
import { Mismatch, type OfflineInput } from "#lib/signing/offline-verdict.ts";
import { type ProvenBundle, proveBundle } from "#lib/signing/prove-bundle.ts";
import { plain } from "#lib/signing/quote.ts";
import { readPublishStatement } from "#lib/signing/statement.ts";

/** The steps of offline verification. Each gives what the next ones need and a line for people, or throws. */

export function readApproval({ approvalBytes, keySet, registryId }: OfflineInput) {
  const verdict = verifyApproval({ bundleBytes: approvalBytes, keySet, registryId });
  if (!verdict.ok) throw new Mismatch(verdict.code, verdict.detail);
  return { value: verdict.approval, detail: `registry key ${verdict.approval.keyId}` };
}

export function compareManifest({ manifestBytes }: OfflineInput, { manifestDigest, predicate }: VerifiedApproval) {
  const digest = digestOf(manifestBytes);
  if (digest !== manifestDigest) throw new Mismatch("manifest-mismatch", `it is of ${manifestDigest}, not ${digest}`);
  assertSameName("the manifest", readManifestName(manifestBytes), predicate);
  return { value: null, detail: `${plain(predicate.name)} ${plain(predicate.version)}, ${digest}` };
}

export function compareState({ predicate: { state, round } }: VerifiedApproval) {
  if (state === "revoked") throw new Mismatch("revoked", "the registry revoked this version");
  return { value: null, detail: `round ${round}` };
}

export function findBundle({ bundleBytes }: OfflineInput, { predicate }: VerifiedApproval) {
  const sha256 = sha256Hex(bundleBytes);
  const value = predicate.bundles.find((bundle) => bundle.sha256 === sha256);
  if (!value) throw new Mismatch("bundle-mismatch", `it does not name the bundle with sha256 ${sha256}`);
  return { value, detail: `sha256 ${sha256}` };
}

export function compareTrustRoot({ trustRootBytes }: OfflineInput, { trustRoot }: ApprovalBundle) {
  const sha256 = sha256Hex(trustRootBytes);
  if (sha256 !== trustRoot.sha256) {
    throw new Mismatch("trust-root-mismatch", `it names sha256 ${trustRoot.sha256}, not ${sha256}`);
  }
  return { value: null, detail: `${plain(trustRoot.slug)}, sha256 ${sha256}` };
}

export function proveAgain({ manifestBytes, bundleBytes, trustRootBytes }: OfflineInput, named: ApprovalBundle) {
  const trust = toOfflineTrust(trustRootBytes, named);
  const receivedAt = Date.parse(named.receivedAt);
  const value = proveBundle({ manifestBytes, bundleBytes, ...trust, receivedAt });
  return { value, detail: describeIdentity(value.identity) };
}

export function compareIdentity({ identity, signedAt }: ProvenBundle, named: ApprovalBundle) {
  const actual = canonicalBytes({ identity, signedAt: signedAt === null ? null : new Date(signedAt).toISOString() });
  const expected = canonicalBytes({ identity: named.identity, signedAt: named.signedAt });
  if (!actual.equals(expected)) {
    throw new Mismatch("identity-mismatch", `the approval names ${describeIdentity(named.identity)}, or another time`);
  }
  return { value: null, detail: describeIdentity(identity) };
}

export function compareStatement({ envelope, manifestDigest }: ProvenBundle, { predicate }: VerifiedApproval) {
  if (!envelope) return { value: null, detail: "bare signature over the manifest, which names them" };
  const sha256 = manifestDigest.slice("sha256:".length);
  const statement = readPublishStatement(envelope, sha256, predicate.registry);
  assertSameName("the publish statement", statement, predicate);
  return { value: null, detail: plain(`${statement.name} ${statement.version} for ${statement.registry}`) };
}

export function compareExpiry(at: number, { predicate: { approvedAt, expiresAt } }: VerifiedApproval) {
  const end = expiresAt ?? approvedAt;
  if (at < Date.parse(approvedAt)) throw new Mismatch("not-yet-valid", `it begins at ${approvedAt}`);
  if (at >= Date.parse(end)) throw new Mismatch("expired", `it ended at ${end}`);
  return { value: null, detail: `from ${approvedAt} to ${end}` };
}
