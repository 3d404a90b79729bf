import { FileKey2, Workflow } from "lucide-react";
import { ConfirmAction } from "#components/admin/confirm-action.tsx";
import { RuleFacts } from "#components/admin/rule-facts.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { RuleView } from "#lib/publishers/view.ts";
import { retireRuleAction } from "../actions.ts";

/** One rule with everything it compares. */
export function RuleItem({ rule, mayChange }: { rule: RuleView; mayChange: boolean }) {
  const Icon = rule.kind === "key" ? FileKey2 : Workflow;
  return (
    <li className="border-b border-line px-4 py-4 last:border-b-0 sm:px-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h3 className="flex min-w-0 flex-wrap items-center gap-2 font-semibold">
          <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
          <VisibleText text={rule.label} />
          <RuleState state={rule.state} />
          {rule.trustRoot?.demo ? <Badge tone="unpinned">Demo trust root</Badge> : null}
          {rule.allowMessageSignatures ? <Badge tone="info">Message signatures too</Badge> : null}
        </h3>
        {mayChange ? <Retire rule={rule} /> : null}
      </div>
      <div className="mt-3">
        <RuleFacts rule={rule} />
      </div>
    </li>
  );
}

function RuleState({ state }: { state: RuleView["state"] }) {
  if (state === "active") return <Badge tone="approved">In force</Badge>;
  if (state === "proposed") return <Badge tone="pending">Waits for confirmation</Badge>;
  return <Badge tone="expired">Retired</Badge>;
}

function Retire({ rule }: { rule: RuleView }) {
  return (
    <ConfirmAction
      trigger="Retire"
      triggerLabel={`Retire the rule ${rule.label}`}
      title={`Retire “${rule.label}”?`}
      description="At once and for good: uploads that only this rule accepts are refused, and versions that wait for review because of it can no longer be approved. What is approved stays."
      confirm="Retire rule"
      danger
      action={retireRuleAction}
      values={{ id: rule.id }}
      done="Rule retired"
    />
  );
}
