import { isAdmin, ownsNamespace, requirePerson } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { supersedeChanges } from "#lib/policy-changes/index.ts";
import { ruleIdSchema } from "#lib/publishers/schemas.ts";
import { findRuleById, lockNamespace, markRuleRetired, type RuleRow } from "#lib/publishers/store.ts";
import { toRuleView } from "#lib/publishers/to-view.ts";
import type { RuleView } from "#lib/publishers/view.ts";

/**
 * Ends a rule at once and for good, proposed or active; a change that would activate it is void. Versions waiting for
 * review that came in by it cannot be approved any more.
 * @throws DomainError `not-found`, the same for no such rule and one of a namespace that is not the caller's;
 * `state-conflict` when it is retired already.
 */
export async function retireRule(ctx: Ctx, input: unknown): Promise<RuleView> {
  const actor = requirePerson(ctx);
  const { id } = parseInput(ruleIdSchema, input);
  const now = ctx.now();
  return transact(async (tx) => {
    const rule = await findRuleById(tx, id);
    const name = rule?.namespace.name ?? "";
    if (!rule || !(isAdmin(actor) || ownsNamespace(actor, name))) throw notFound();
    await lockNamespace(tx, name);
    if (!(await markRuleRetired(tx, id, now))) throw new DomainError("state-conflict", "It is retired already.");
    await supersedeChanges(tx, ctx, rule.namespaceId, (effect) => isAbout(effect.payload, id), "activate-rule");
    const view = toRuleView({ ...rule, state: "retired", retiredAt: now } satisfies RuleRow);
    const details = { rule: id, label: rule.label, summary: view.summary };
    await appendLedger(tx, ctx, { action: "rule.retire", subject: name, namespace: name, details });
    return view;
  });
}

function isAbout(payload: object, ruleId: string): boolean {
  return "ruleId" in payload && payload.ruleId === ruleId;
}

function notFound(): DomainError {
  return new DomainError("not-found", "There is no such rule.");
}
