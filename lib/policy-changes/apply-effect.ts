import type { Tx } from "#lib/db/transact.ts";
import type { ChangeEffect } from "#lib/policy-changes/kinds.ts";
import { activateRule, setNamespacePolicy } from "#lib/policy-changes/store.ts";

/**
 * Does what a change is for. Needs the namespace's lock.
 * @returns whether it could: a proposed rule may have been retired, or its key revoked, meanwhile.
 */
export async function applyEffect(tx: Tx, namespaceId: string, effect: ChangeEffect, now: Date): Promise<boolean> {
  if (effect.kind === "activate-rule") return activateRule(tx, effect.payload.ruleId, now);
  await setNamespacePolicy(tx, namespaceId, effect.payload);
  return true;
}
