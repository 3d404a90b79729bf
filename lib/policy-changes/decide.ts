import { z } from "zod";
import { idSchema, isAdmin, ownsNamespace, requireFreshAdmin, requirePerson } from "#lib/access/index.ts";
import type { Ctx, PersonActor } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import type { PolicyChangeView } from "#lib/namespaces/view.ts";
import { applyEffect } from "#lib/policy-changes/apply-effect.ts";
import { looseningDelayMs } from "#lib/policy-changes/delay.ts";
import { findObstacle } from "#lib/policy-changes/independence.ts";
import { toEffect } from "#lib/policy-changes/kinds.ts";
import { recordDecision } from "#lib/policy-changes/record-decision.ts";
import { loadStanding } from "#lib/policy-changes/standing.ts";
import { type ChangeRow, decideChange, findChange, findNames, lockNamespaceRow } from "#lib/policy-changes/store.ts";
import { toChangeView } from "#lib/policy-changes/to-view.ts";
import { endEffect } from "#lib/policy-changes/withdraw-effect.ts";

export const changeIdSchema = z.strictObject({ id: idSchema });

/**
 * A second admin agrees to a waiting change, which applies with that.
 * @throws DomainError `forbidden` (also for the proposer, and see `findObstacle`), `reauthentication-required`,
 * `not-found`; `state-conflict` when it was decided already or what it is about has gone.
 */
export async function confirmChange(ctx: Ctx, input: unknown): Promise<PolicyChangeView> {
  const actor = requireFreshAdmin(ctx);
  const { id } = parseInput(changeIdSchema, input);
  const row = await transact(async (tx) => {
    const change = await lockChange(tx, id);
    if (change.proposedById === actor.personId) {
      throw new DomainError("forbidden", "Somebody else must confirm what you proposed.");
    }
    await assertMayConfirm(tx, change, actor.personId, ctx.now());
    await decide(tx, ctx, change, actor, "applied");
    if (!(await applyEffect(tx, change.namespaceId ?? "", toEffect(change), ctx.now()))) throw gone();
    await recordDecision(tx, ctx, change, "policy-change.confirm");
    return change;
  });
  return toChangeView({ ...row, state: "applied" }, await findNames([row.proposedById]), actor);
}

/**
 * Ends a waiting change without effect: by an admin, the proposer or an owner of the namespace.
 * @throws DomainError `not-found`, the same for no such change and one that is none of the caller's; `state-conflict`.
 */
export async function cancelChange(ctx: Ctx, input: unknown): Promise<PolicyChangeView> {
  const actor = requirePerson(ctx);
  const { id } = parseInput(changeIdSchema, input);
  const row = await transact(async (tx) => {
    const change = await lockChange(tx, id);
    if (!mayCancel(actor, change)) throw changeNotFound();
    await decide(tx, ctx, change, actor, "cancelled");
    await endEffect(tx, toEffect(change), ctx.now());
    await recordDecision(tx, ctx, change, "policy-change.cancel");
    return change;
  });
  return toChangeView({ ...row, state: "cancelled" }, await findNames([row.proposedById]), actor);
}

async function lockChange(tx: Tx, id: string): Promise<ChangeRow> {
  const change = await findChange(tx, id);
  if (!change) throw changeNotFound();
  if (change.namespaceId) await lockNamespaceRow(tx, change.namespaceId);
  return change;
}

async function decide(tx: Tx, ctx: Ctx, change: ChangeRow, actor: PersonActor, state: "applied" | "cancelled") {
  const decided = await decideChange(tx, change.id, { state, decidedById: actor.personId, decidedAt: ctx.now() });
  if (!decided) throw new DomainError("state-conflict", "This change was decided already.");
}

async function assertMayConfirm(tx: Tx, change: ChangeRow, confirmerId: string, now: Date): Promise<void> {
  const delayMs = looseningDelayMs();
  const standing = await loadStanding(tx, [change], confirmerId, new Date(now.getTime() - delayMs));
  const obstacle = findObstacle(standing, change, confirmerId, { now, delayMs });
  if (!obstacle) return;
  const confirmFrom = obstacle.from?.toISOString() ?? null;
  const way = confirmFrom ? `You may confirm this from ${confirmFrom}.` : "Cancel it; it can be proposed anew.";
  throw new DomainError("forbidden", `${obstacle.reason} ${way}`, { extensions: { confirmFrom } });
}

function mayCancel(actor: PersonActor, change: ChangeRow): boolean {
  const owns = change.namespace !== null && ownsNamespace(actor, change.namespace.name);
  return isAdmin(actor) || change.proposedById === actor.personId || owns;
}

function changeNotFound(): DomainError {
  return new DomainError("not-found", "There is no such change.");
}

function gone(): DomainError {
  return new DomainError("state-conflict", "The rule was retired or its key revoked meanwhile. Cancel this change.");
}
