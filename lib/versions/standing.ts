import { DomainError } from "#lib/core/errors.ts";
import type { PublishPolicy } from "#lib/publishers/index.ts";
import { explainRule, type VerifiedUpload } from "#lib/signing/index.ts";

/**
 * What a proof leans on must still stand: the rule that let it in is active and says the same, its trust root has not
 * moved, its key is not revoked. Pure; the policy is one read under the namespace's lock.
 * @throws DomainError `publisher-not-allowed`
 */
export function assertStanding(policy: PublishPolicy, upload: VerifiedUpload, now: Date): void {
  const reason = findFallen(policy, upload, now);
  if (reason !== null) throw new DomainError("publisher-not-allowed", reason);
}

function findFallen(policy: PublishPolicy, upload: VerifiedUpload, now: Date): string | null {
  const { identity, kind, managedKeyId, trustRoot } = upload;
  const rule = policy.rules.find(({ id }) => id === upload.ruleId);
  if (!rule || !explainRule(rule, identity, { kind, trustRootSlug: trustRoot.slug }).matches) {
    return "The publisher rule that matched is no longer in force.";
  }
  if (managedKeyId !== null) {
    const key = policy.managedKeys.find(({ id }) => id === managedKeyId);
    const revoked = !key || (key.revokedAt !== null && key.revokedAt <= now.getTime());
    return revoked ? "The key that signed is revoked." : null;
  }
  const current = policy.trustRoots.some(({ slug, sha256 }) => slug === trustRoot.slug && sha256 === trustRoot.sha256);
  return current ? null : "The trust root that vouched for the signer was replaced.";
}
