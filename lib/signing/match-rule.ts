import { explainRule, type RuleExplanation } from "#lib/signing/explain-rule.ts";
import { describeIdentity } from "#lib/signing/identity-text.ts";
import { refuse } from "#lib/signing/refusal.ts";
import type { PublisherRuleInput } from "#lib/signing/rule.ts";
import type { BundleKind } from "#lib/signing/upload.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";

export type RuleCandidate = { identity: VerifiedIdentity; kind: BundleKind; trustRoot: { slug: string } };

/** The first rule that matches. Without rules nobody may publish. @throws Refusal naming what the nearest one missed */
export function matchRule(rules: readonly PublisherRuleInput[], candidate: RuleCandidate): PublisherRuleInput {
  if (rules.length === 0) refuse("no-rule", "rule", "the namespace has no active publisher rule");
  const subject = { kind: candidate.kind, trustRootSlug: candidate.trustRoot.slug };
  const explained = rules.map((rule) => ({ rule, ...explainRule(rule, candidate.identity, subject) }));
  return explained.find(({ matches }) => matches)?.rule ?? refuseNearest(explained, candidate.identity);
}

function refuseNearest(explained: readonly RuleExplanation[], identity: VerifiedIdentity): never {
  const misses = explained.map(({ checks }) => checks.filter((check) => !check.ok));
  const nearest = misses.reduce((best, miss) => (miss.length < best.length ? miss : best));
  const who = describeIdentity(identity);
  const [only] = nearest;
  if (nearest.length === 1 && only?.claim === "signature kind") {
    refuse("message-signature-not-allowed", "rule", `the rule for ${who} takes publish statements only`);
  }
  const reasons = nearest
    .map(({ claim, expected, actual }) => `${claim} is ${actual}, expected ${expected}`)
    .join("; ");
  refuse("rule-mismatch", "rule", `no publisher rule allows ${who}: ${reasons}`);
}
