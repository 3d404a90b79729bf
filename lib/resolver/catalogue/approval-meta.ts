import type { Digest } from "#lib/core/digest.ts";
import type { ApprovalMeta } from "#lib/resolver/view.ts";
import type { VerifiedApproval } from "#lib/signing/index.ts";

/** JSON of our `_meta` block. */
export function encodeApprovalMeta(approval: VerifiedApproval): Buffer {
  return Buffer.from(JSON.stringify(toApprovalMeta(approval)));
}

/** Our `_meta` block. Everything in it is what the registry key signed, or the digest of that. */
function toApprovalMeta({ predicate, manifestDigest, sha256, keyId }: VerifiedApproval): ApprovalMeta {
  return {
    manifest: { digest: manifestDigest },
    bundles: predicate.bundles.map((bundle) => ({
      digest: toDigest(bundle.sha256),
      identity: bundle.identity,
      signedAt: bundle.signedAt,
      receivedAt: bundle.receivedAt,
      trustRoot: toDigest(bundle.trustRoot.sha256),
    })),
    approval: {
      digest: toDigest(sha256),
      keyId,
      approvedAt: predicate.approvedAt,
      expiresAt: predicate.expiresAt,
      round: predicate.round,
    },
    pins: predicate.pins,
    surface: predicate.surface,
  };
}

function toDigest(hex: string): Digest {
  return `sha256:${hex}`;
}
