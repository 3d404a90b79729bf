import type { TrustRootRef, VerifiedIdentity } from "#lib/signing/view.ts";

export type ManagedKeyView = {
  id: string;
  namespace: string;
  label: string;
  hint: string;
  spkiPem: string;
  algorithm: string;
  controllers: { id: string; name: string }[];
  notBefore: string;
  notAfter: string | null;
  revokedAt: string | null;
  revokedReason: string | null;
};

/** The claims a GitHub Actions rule compares. All but the last two are required. */
export type GitHubActionsClaimsView = {
  issuer: string;
  repository: string;
  repositoryId: string;
  ownerId: string;
  workflow: string;
  refPattern: string;
  triggers: string[];
  runnerEnvironment: string | null;
  deploymentEnvironment: string | null;
};

export type RuleView = {
  id: string;
  namespace: string;
  kind: "key" | "github-actions";
  state: "proposed" | "active" | "retired";
  label: string;
  summary: string;
  trustRoot: TrustRootRef | null;
  key: { id: string; label: string; hint: string } | null;
  claims: GitHubActionsClaimsView | null;
  allowMessageSignatures: boolean;
  createdAt: string;
  activatedAt: string | null;
  retiredAt: string | null;
};

export type RuleCheckView = { claim: string; expected: string; actual: string; ok: boolean };

/** Would this upload match, and why not. Nothing is stored. */
export type RuleTestView = {
  verified: boolean;
  refusal: { code: string; check: string; detail: string } | null;
  identity: VerifiedIdentity | null;
  rules: { rule: RuleView; matches: boolean; checks: RuleCheckView[] }[];
};

/** A rule form filled from a refused upload's verified identity. */
export type RulePrefillView = {
  namespace: string;
  trustRootSlug: string;
  claims: GitHubActionsClaimsView;
  identity: VerifiedIdentity;
};
