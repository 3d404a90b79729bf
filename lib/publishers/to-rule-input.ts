import type { RuleRow } from "#lib/publishers/store.ts";
import { GitHubActionsClaims, type PublisherRuleInput } from "#lib/signing/index.ts";

/**
 * A stored rule as verification takes it.
 * @throws Error for a row whose claims no longer have their shape: such a rule must not match anything.
 */
export function toRuleInput(row: RuleRow): PublisherRuleInput {
  const { id, label, allowMessageSignatures } = row;
  if (row.kind === "key") {
    if (!row.managedKeyId) throw new Error("A key rule without a key.");
    return { id, kind: "key", label, managedKeyId: row.managedKeyId, allowMessageSignatures };
  }
  if (!row.trustRootSlug) throw new Error("A GitHub Actions rule without a trust root.");
  const claims = GitHubActionsClaims.parse(row.claims);
  return { id, kind: "github-actions", label, trustRootSlug: row.trustRootSlug, claims, allowMessageSignatures };
}
