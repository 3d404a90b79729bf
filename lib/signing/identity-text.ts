import { plain } from "#lib/signing/quote.ts";
import { GitHubActionsClaims, type PublisherRuleInput } from "#lib/signing/rule.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";

/** One safe line of printable ASCII that tells people who signed. */
export function describeIdentity(identity: VerifiedIdentity): string {
  switch (identity.kind) {
    case "key":
      return plain(`key ${identity.label} (${identity.hint})`);
    case "github-actions":
      return plain(`${identity.repository} ${identity.workflow} at ${identity.ref} (${identity.trigger})`);
    case "email":
      return plain(`${identity.email} via ${identity.issuer}`);
    case "uri":
      return plain(`${identity.uri} via ${identity.issuer}`);
  }
}

/** One safe line that tells what a rule asks for. */
export function describeRule(rule: PublisherRuleInput): string {
  if (rule.kind === "key") return plain(`Managed key ${rule.label}`);
  const { repository, workflow, refPattern, triggers } = rule.claims;
  return plain(`${repository} ${workflow} on ${refPattern}, triggered by ${triggers.join(" or ")}`);
}

/**
 * Claims for a new rule from an identity that *was verified*, as narrow as it was: this ref, this trigger.
 * Null where no rule of this kind can be made (other kinds of identity, a trigger that is never allowed, odd names).
 */
export function toRulePrefill(identity: VerifiedIdentity): GitHubActionsClaims | null {
  if (identity.kind !== "github-actions") return null;
  const parsed = GitHubActionsClaims.safeParse({
    issuer: identity.issuer,
    repository: identity.repository,
    repositoryId: identity.repositoryId,
    ownerId: identity.ownerId,
    workflow: identity.workflow,
    refPattern: identity.ref,
    triggers: [identity.trigger],
    runnerEnvironment: identity.runnerEnvironment,
    deploymentEnvironment: identity.deploymentEnvironment,
  });
  return parsed.success ? parsed.data : null;
}
