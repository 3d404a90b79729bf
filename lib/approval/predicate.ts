import type { Digest } from "#lib/core/digest.ts";
import type { LedgerHead } from "#lib/ledger/index.ts";
import type { Pin } from "#lib/manifest/view.ts";
import { type ApprovalBundle, type ApprovalPredicate, pinStatus } from "#lib/signing/index.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";
import type { DetailRow } from "#lib/versions/index.ts";

export type Decision = {
  registryId: string;
  row: DetailRow;
  /** The rule each bundle leans on now, in the order of the row's bundles; the one of receipt where there is none. */
  rules: ApprovalBundle["rule"][];
  policy: ApprovalPredicate["policy"];
  approvers: string[];
  at: Date;
  auditHead: LedgerHead;
};

/** What the registry signs when the last approval that was needed has come. */
export function toApprovedPredicate(
  decision: Decision,
  { reviewDigest, expiresAt }: { reviewDigest: Digest; expiresAt: Date },
): ApprovalPredicate {
  return { ...toPredicate(decision), state: "approved", reviewDigest, expiresAt: expiresAt.toISOString() };
}

/** What it signs to take that back, for good. */
export function toRevokedPredicate(decision: Decision): ApprovalPredicate {
  return { ...toPredicate(decision), state: "revoked", reviewDigest: null, expiresAt: null };
}

function toPredicate({ registryId, row, rules, policy, approvers, at, auditHead }: Decision) {
  const pins = row.pins as Pin[];
  return {
    registry: registryId,
    name: row.server.name,
    version: row.version,
    round: row.round + 1,
    bundles: row.bundles.map((bundle, index) => ({
      sha256: bundle.sha256,
      identity: bundle.identity as VerifiedIdentity,
      rule: rules[index] ?? { id: bundle.ruleId, summary: bundle.ruleSummary },
      signedAt: bundle.signedAt?.toISOString() ?? null,
      receivedAt: bundle.receivedAt.toISOString(),
      trustRoot: { slug: bundle.trustRootSlug, sha256: bundle.trustRootSha256 },
    })),
    pins: { status: pinStatus(pins), entries: pins },
    surface: { status: "not-captured" as const },
    policy,
    approvers: [...approvers].sort(),
    approvedAt: at.toISOString(),
    auditHead: { seq: Number(auditHead.seq), sha256: auditHead.sha256 },
  };
}
