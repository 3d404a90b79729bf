import type { Ctx } from "#lib/core/context.ts";
import type { Tx } from "#lib/db/transact.ts";
import type { ChangeEffect } from "#lib/policy-changes/kinds.ts";
import { toEffect } from "#lib/policy-changes/kinds.ts";
import { recordDecision } from "#lib/policy-changes/record-decision.ts";
import { decideChange, listWaiting } from "#lib/policy-changes/store.ts";
import { endEffect } from "#lib/policy-changes/withdraw-effect.ts";

/**
 * Cancels waiting changes that a newer decision makes void, so that an old loosening cannot undo a later tightening.
 * Needs the namespace's lock.
 */
export async function supersedeChanges(
  tx: Tx,
  ctx: Ctx,
  namespaceId: string,
  isVoid: (effect: ChangeEffect) => boolean,
  kind: ChangeEffect["kind"],
): Promise<void> {
  const decidedById = ctx.actor.kind === "person" ? ctx.actor.personId : null;
  for (const change of await listWaiting(tx, namespaceId, kind)) {
    const effect = toEffect(change);
    if (!isVoid(effect)) continue;
    const decision = { state: "cancelled" as const, decidedById, decidedAt: ctx.now() };
    if (!(await decideChange(tx, change.id, decision))) continue;
    await endEffect(tx, effect, ctx.now());
    await recordDecision(tx, ctx, change, "policy-change.cancel", { superseded: true });
  }
}
