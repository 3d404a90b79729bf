import { sha256Hex } from "#lib/core/digest.ts";
import { decodeManagedKeys, managedKeySlug } from "#lib/signing/index.ts";
import type {
  LogEntryView,
  SignatureView,
  TrustRootRef,
  VerificationCheck,
  VerifiedIdentity,
} from "#lib/signing/view.ts";
import type { BundleRow, KnownRoots } from "#lib/versions/store.ts";

/** What a publisher's bundle proved when it was received, as stored then; nothing is verified here. */
export function toSignatureView(row: BundleRow, roots: KnownRoots): SignatureView {
  return {
    bundleSha256: row.sha256,
    kind: row.kind,
    identity: row.identity as VerifiedIdentity,
    signedAt: row.signedAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
    trustRoot: toTrustRootRef(row, roots),
    rule: { id: row.ruleId, summary: row.ruleSummary },
    logEntry: row.logEntry as LogEntryView | null,
    checks: row.checks as VerificationCheck[],
  };
}

/** Demo material says so everywhere, also where it only dated a managed key's signature. */
function toTrustRootRef(row: BundleRow, roots: KnownRoots): TrustRootRef {
  const ref = { slug: row.trustRootSlug, version: row.trustRootVersion, sha256: row.trustRootSha256 };
  if (row.trustRootSlug !== managedKeySlug) {
    return { ...ref, ...(roots.get(row.trustRootSha256) ?? { label: row.trustRootSlug, demo: false }) };
  }
  const { witnessRoot } = decodeManagedKeys(row.trustRootBytes);
  const witness = witnessRoot && roots.get(sha256Hex(witnessRoot));
  const label = witness ? `Managed key, dated by ${witness.label}` : "Managed key";
  return { ...ref, label, demo: witness?.demo ?? false };
}
