import { requireSystem } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { applyEffect } from "#lib/policy-changes/apply-effect.ts";
import { findEffect } from "#lib/policy-changes/kinds.ts";
import { recordDecision } from "#lib/policy-changes/record-decision.ts";
import {
  type ChangeRow,
  decideChange,
  findChange,
  isActivePerson,
  listDueChangeIds,
  lockNamespaceRow,
} from "#lib/policy-changes/store.ts";
import { endEffect } from "#lib/policy-changes/withdraw-effect.ts";

/**
 * Applies every change whose delay has passed, each in its own transaction; one whose proposer was deactivated meanwhile,
 * or that nothing here proposed, is cancelled instead. One that fails does not hold up the others. For the worker;
 * several at once do no harm.
 * @returns how many were decided.
 * @throws the first failure, after all others were tried.
 */
export async function applyDueChanges(ctx: Ctx): Promise<number> {
  requireSystem(ctx);
  const failures: unknown[] = [];
  let decided = 0;
  for (const id of await listDueChangeIds(ctx.now())) {
    try {
      if (await settle(ctx, id)) decided++;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return decided;
}

async function settle(ctx: Ctx, id: string): Promise<boolean> {
  return transact(async (tx) => {
    const found = await findChange(tx, id);
    if (found?.namespaceId) await lockNamespaceRow(tx, found.namespaceId);
    const change = await findChange(tx, id);
    if (change?.state !== "waiting") return false;
    const effect = findEffect(change);
    if (!effect) return cancelPlanted(tx, ctx, change);
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

/** What such a row says is nothing the ledger should repeat. */
async function cancelPlanted(tx: Tx, ctx: Ctx, { id, namespace }: ChangeRow): Promise<boolean> {
  const decision = { state: "cancelled" as const, decidedById: null, decidedAt: ctx.now() };
  if (!(await decideChange(tx, id, decision))) return false;
  const details = { change: id, reason: "nothing here proposed it" };
  await appendLedger(tx, ctx, { action: "policy-change.cancel", subject: namespace?.name ?? "registry", details });
  return true;
}
