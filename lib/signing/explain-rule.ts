import { quote } from "#lib/signing/quote.ts";
import { matchesRef } from "#lib/signing/ref-pattern.ts";
import { forbiddenTrigger, type GitHubActionsRule, type KeyRule, type PublisherRuleInput } from "#lib/signing/rule.ts";
import type { BundleKind } from "#lib/signing/upload.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";

/** One comparison, for people. `expected` and `actual` are escaped. */
export type RuleCheck = { claim: string; expected: string; actual: string; ok: boolean };
export type RuleExplanation = { matches: boolean; checks: RuleCheck[] };

/** What a rule is compared with: a *verified* identity, how it signed, and which trust root said so. */
export type RuleSubject = { kind: BundleKind; trustRootSlug: string };

/**
 * Compares one rule with one verified identity, claim by claim. Identities of different kinds are never compared with
 * each other: a rule for another kind answers with that single failed check. A rule that compares nothing never
 * matches. Pure; does not look at the rule's state or dates.
 */
export function explainRule(
  rule: PublisherRuleInput,
  identity: VerifiedIdentity,
  subject: RuleSubject,
): RuleExplanation {
  const checks = [...compareIdentity(rule, identity, subject), compareKind(rule, subject.kind)];
  return { matches: checks.length > 1 && checks.every((check) => check.ok), checks };
}

function compareIdentity(rule: PublisherRuleInput, identity: VerifiedIdentity, subject: RuleSubject): RuleCheck[] {
  if (rule.kind === "key" && identity.kind === "key") return compareKey(rule, identity);
  if (rule.kind === "github-actions" && identity.kind === "github-actions") {
    return compareGitHubActions(rule, identity, subject.trustRootSlug);
  }
  return [{ claim: "identity kind", expected: rule.kind, actual: identity.kind, ok: false }];
}

function compareKey(rule: KeyRule, identity: VerifiedIdentity & { kind: "key" }): RuleCheck[] {
  return [equal("managed key", rule.managedKeyId, identity.keyId)];
}

function compareGitHubActions(
  { claims, trustRootSlug }: GitHubActionsRule,
  identity: VerifiedIdentity & { kind: "github-actions" },
  actualRoot: string,
): RuleCheck[] {
  return [
    equal("trust root", trustRootSlug, actualRoot),
    equal("issuer", claims.issuer, identity.issuer),
    equal("repository", claims.repository, identity.repository),
    equal("repository id", claims.repositoryId, identity.repositoryId),
    equal("owner id", claims.ownerId, identity.ownerId),
    equal("workflow", claims.workflow, identity.workflow),
    compareRef(claims.refPattern, identity.ref),
    compareTrigger(claims.triggers, identity.trigger),
    ...optional("runner environment", claims.runnerEnvironment, identity.runnerEnvironment),
    ...optional("deployment environment", claims.deploymentEnvironment, identity.deploymentEnvironment),
  ];
}

function compareRef(pattern: string, ref: string): RuleCheck {
  return { claim: "ref", expected: quote(pattern), actual: quote(ref), ok: matchesRef(pattern, ref) };
}

function compareTrigger(triggers: readonly string[], actual: string): RuleCheck {
  const ok = actual !== forbiddenTrigger && triggers.includes(actual);
  return { claim: "trigger", expected: triggers.map(quote).join(" or "), actual: quote(actual), ok };
}

function compareKind(rule: PublisherRuleInput, kind: BundleKind): RuleCheck {
  const expected = rule.allowMessageSignatures ? "publish statement or message signature" : "publish statement";
  const actual = kind === "dsse" ? "publish statement" : "message signature";
  return { claim: "signature kind", expected, actual, ok: kind === "dsse" || rule.allowMessageSignatures };
}

function optional(claim: string, expected: string | null, actual: string | null): RuleCheck[] {
  return expected === null ? [] : [equal(claim, expected, actual ?? "")];
}

function equal(claim: string, expected: string, actual: string): RuleCheck {
  return { claim, expected: quote(expected), actual: quote(actual), ok: expected !== "" && expected === actual };
}
