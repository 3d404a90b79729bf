import { DomainError } from "#lib/core/errors.ts";
import type { PublishPolicy } from "#lib/publishers/index.ts";
import { type BundleKind, explainRule } from "#lib/signing/index.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";

/** What a proof leans on. */
export type Claim = {
  ruleId: string;
  identity: VerifiedIdentity;
  kind: BundleKind;
  managedKeyId: string | null;
  /** `sha256` null: any version of that root will do, because the proof is made again with the current one. */
  trustRoot: { slug: string; sha256: string | null };
};

/**
 * Says what of a proof no longer stands, or null: the rule that let it in must be active and still match, its key not
 * revoked, its trust root in force. Pure; the policy is one read under the namespace's lock.
 */
export function findFallen(policy: PublishPolicy, claim: Claim, now: Date): string | null {
  const rule = policy.rules.find(({ id }) => id === claim.ruleId);
  const subject = { kind: claim.kind, trustRootSlug: claim.trustRoot.slug };
  if (!rule || !explainRule(rule, claim.identity, subject).matches) {
    return "The publisher rule that matched is no longer in force.";
  }
  return claim.managedKeyId === null ? findFallenRoot(policy, claim) : findFallenKey(policy, claim.managedKeyId, now);
}

/** @throws DomainError `publisher-not-allowed` with what no longer stands. */
export function assertStanding(policy: PublishPolicy, claim: Claim, now: Date): void {
  const reason = findFallen(policy, claim, now);
  if (reason !== null) throw new DomainError("publisher-not-allowed", reason, { extensions: { check: "rule" } });
}

function findFallenKey({ managedKeys }: PublishPolicy, id: string, now: Date): string | null {
  const key = managedKeys.find((candidate) => candidate.id === id);
  const revoked = !key || (key.revokedAt !== null && key.revokedAt <= now.getTime());
  return revoked ? "The key that signed is revoked." : null;
}

function findFallenRoot({ trustRoots }: PublishPolicy, { trustRoot }: Claim): string | null {
  const { slug, sha256 } = trustRoot;
  const inForce = trustRoots.some((root) => root.slug === slug && (sha256 === null || root.sha256 === sha256));
  return inForce ? null : "The trust root that vouched for the signer is no longer in force.";
}
