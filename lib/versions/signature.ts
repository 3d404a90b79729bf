import { managedKeySlug } from "#lib/signing/index.ts";
import type { LogEntryView, SignatureView, VerificationCheck, VerifiedIdentity } from "#lib/signing/view.ts";
import type { BundleRow } from "#lib/versions/store.ts";

/** What a publisher's bundle proved when it was received, as stored then; nothing is verified here. */
export function toSignatureView(row: BundleRow): SignatureView {
  return {
    bundleSha256: row.sha256,
    kind: row.kind,
    identity: row.identity as VerifiedIdentity,
    signedAt: row.signedAt?.toISOString() ?? null,
    receivedAt: row.receivedAt.toISOString(),
    trustRoot: {
      slug: row.trustRootSlug,
      label: row.trustRootSlug === managedKeySlug ? "Managed key" : row.trustRootSlug,
      version: row.trustRootVersion,
      sha256: row.trustRootSha256,
      demo: row.trustRootSlug === "demo",
    },
    rule: { id: row.ruleId, summary: row.ruleSummary },
    logEntry: row.logEntry as LogEntryView | null,
    checks: row.checks as VerificationCheck[],
  };
}
