import { CircleCheck, CircleX } from "lucide-react";
import { IdentityFacts } from "#components/provenance/identity-facts.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { RuleTestView } from "#lib/publishers/view.ts";
import { RuleChecks } from "./rule-checks.tsx";

/** The verdict, the identity that was verified, and each rule claim by claim. */
export function RuleTestResult({ result }: { result: RuleTestView }) {
  const { verified, refusal, identity, rules } = result;
  return (
    <div className="grid gap-5 border-t border-line pt-5">
      {verified ? (
        <Banner tone="approved" title="It would be accepted" live>
          The signature is good and a rule matches. Review still decides whether it resolves.
        </Banner>
      ) : (
        <Banner tone="revoked" title="It would be refused" live>
          {refusal ? <VisibleText text={refusal.detail} /> : null}
          {refusal ? (
            <p className="mt-1 text-sm text-muted">
              Check <code className="font-mono">{refusal.check}</code>, code{" "}
              <code className="font-mono">{refusal.code}</code>
            </p>
          ) : null}
        </Banner>
      )}
      {identity ? (
        <section>
          <h3 className="mb-2 font-semibold">Verified signer</h3>
          <Facts>
            <IdentityFacts identity={identity} />
          </Facts>
        </section>
      ) : (
        <p className="text-muted">No identity was verified, so there is nothing to compare with the rules.</p>
      )}
      {identity ? <ComparedRules rules={rules} /> : null}
    </div>
  );
}

function ComparedRules({ rules }: { rules: RuleTestView["rules"] }) {
  if (rules.length === 0) return <p className="text-muted">The namespace has no rule to compare with.</p>;
  return (
    <section className="grid gap-4">
      <h3 className="font-semibold">Rules</h3>
      {rules.map(({ rule, matches, checks }) => (
        <div key={rule.id} className="rounded-md border border-line">
          <h4 className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5 font-medium">
            <VisibleText text={rule.label} />
            <Badge tone={matches ? "approved" : "revoked"} icon={matches ? CircleCheck : CircleX}>
              {matches ? "Matches" : "Does not match"}
            </Badge>
            {rule.state === "proposed" ? <Badge tone="pending">Not in force yet</Badge> : null}
          </h4>
          <RuleChecks label={rule.label} checks={checks} />
        </div>
      ))}
    </section>
  );
}
