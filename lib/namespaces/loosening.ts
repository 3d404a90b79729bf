import type { PolicyPatch } from "#lib/policy-changes/index.ts";

export type Policy = Required<PolicyPatch>;

/**
 * Splits a change of policy into what makes it stricter (or is neutral) and what makes it looser. Looser is: fewer
 * approvals, longer lifetime, unpinned allowed. The pending cap protects the reviewers' desk, not readers: neutral.
 */
export function splitPatch(before: Policy, patch: PolicyPatch): { atOnce: PolicyPatch; loosening: PolicyPatch } {
  const atOnce: PolicyPatch = {};
  const loosening: PolicyPatch = {};
  const { requiredApprovals, lifetimeDays, unpinned, maxPending } = patch;
  if (requiredApprovals !== undefined && requiredApprovals !== before.requiredApprovals) {
    (requiredApprovals < before.requiredApprovals ? loosening : atOnce).requiredApprovals = requiredApprovals;
  }
  if (lifetimeDays !== undefined && lifetimeDays !== before.lifetimeDays) {
    (lifetimeDays > before.lifetimeDays ? loosening : atOnce).lifetimeDays = lifetimeDays;
  }
  if (unpinned !== undefined && unpinned !== before.unpinned) {
    (unpinned === "allow" ? loosening : atOnce).unpinned = unpinned;
  }
  if (maxPending !== undefined && maxPending !== before.maxPending) atOnce.maxPending = maxPending;
  return { atOnce, loosening };
}

/** `required approvals 2 → 1, lifetime 30 → 90 days`. */
export function describePatch(before: Policy, patch: PolicyPatch): string {
  const parts = [
    patch.requiredApprovals && `required approvals ${before.requiredApprovals} → ${patch.requiredApprovals}`,
    patch.lifetimeDays && `approval lifetime ${before.lifetimeDays} → ${patch.lifetimeDays} days`,
    patch.unpinned && `unpinned packages ${before.unpinned} → ${patch.unpinned}`,
    patch.maxPending && `pending limit ${before.maxPending} → ${patch.maxPending}`,
  ];
  return parts.filter(Boolean).join(", ");
}
