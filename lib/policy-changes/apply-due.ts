import { requireSystem } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { transact } from "#lib/db/transact.ts";
import { applyEffect } from "#lib/policy-changes/apply-effect.ts";
import { toEffect } from "#lib/policy-changes/kinds.ts";
import { recordDecision } from "#lib/policy-changes/record-decision.ts";
import {
  decideChange,
  findChange,
  isActivePerson,
  listDueChangeIds,
  lockNamespaceRow,
} from "#lib/policy-changes/store.ts";
import { endEffect } from "#lib/policy-changes/withdraw-effect.ts";

/**
 * Applies every change whose delay has passed, each in its own transaction; one whose proposer was deactivated meanwhile
 * is cancelled instead. For the worker; several at once do no harm.
 * @returns how many were decided.
 */
export async function applyDueChanges(ctx: Ctx): Promise<number> {
  requireSystem(ctx);
  let decided = 0;
  for (const id of await listDueChangeIds(ctx.now())) if (await settle(ctx, id)) decided++;
  return decided;
}

async function settle(ctx: Ctx, id: string): Promise<boolean> {
  return transact(async (tx) => {
    const found = await findChange(tx, id);
    if (found?.namespaceId) await lockNamespaceRow(tx, found.namespaceId);
    const change = await findChange(tx, id);
    if (change?.state !== "waiting") return false;
    const effect = toEffect(change);
    const now = ctx.now();
    const wanted = await isActivePerson(tx, change.proposedById);
    const applied = wanted && (await applyEffect(tx, change.namespaceId ?? "", effect, now));
    const state = applied ? "applied" : "cancelled";
    if (!(await decideChange(tx, id, { state, decidedById: null, decidedAt: now }))) return false;
    if (!applied) await endEffect(tx, effect, now);
    const action = applied ? "policy-change.apply" : "policy-change.cancel";
    const reason = wanted ? "what it is about has gone" : "the proposer is deactivated";
    await recordDecision(tx, ctx, change, action, applied ? {} : { reason });
    return true;
  });
}
