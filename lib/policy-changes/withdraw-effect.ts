import type { Tx } from "#lib/db/transact.ts";
import type { ChangeEffect } from "#lib/policy-changes/kinds.ts";
import { retireProposedRule } from "#lib/policy-changes/store.ts";

/** What is left of a change that will not apply: a rule proposed with it is retired. */
export async function endEffect(tx: Tx, effect: ChangeEffect, now: Date): Promise<void> {
  if (effect.kind === "activate-rule") await retireProposedRule(tx, effect.payload.ruleId, now);
}
