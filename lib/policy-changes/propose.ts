import type { Ctx, PersonActor } from "#lib/core/context.ts";
import type { Tx } from "#lib/db/transact.ts";
import { appendLedger, type LedgerAction } from "#lib/ledger/index.ts";
import type { ChangeOutcomeView } from "#lib/namespaces/view.ts";
import { applyEffect } from "#lib/policy-changes/apply-effect.ts";
import { looseningDelayMs } from "#lib/policy-changes/delay.ts";
import type { ChangeEffect } from "#lib/policy-changes/kinds.ts";
import { hasCountersigned, hasOtherActiveAdmin, insertChange } from "#lib/policy-changes/store.ts";
import { toChangeView } from "#lib/policy-changes/to-view.ts";

export type Loosening = {
  namespace: { id: string; name: string };
  effect: ChangeEffect;
  /** What changes, for people, in one line. */
  summary: string;
  /** What is recorded when it applies at once. */
  action: LedgerAction;
  details: Record<string, unknown>;
};

/**
 * Asks for a loosening of policy. It waits for another admin; where nobody else is one, for LOOSENING_DELAY_HOURS. Only
 * before the registry has ever countersigned anything it applies at once: nothing is protected yet. Needs the namespace's
 * lock, and a caller who has checked authority and a fresh sign-in.
 */
export async function proposeChange(
  tx: Tx,
  ctx: Ctx,
  proposer: PersonActor,
  loosening: Loosening,
): Promise<ChangeOutcomeView> {
  const { namespace, effect, summary } = loosening;
  if (!(await hasCountersigned(tx))) {
    await applyEffect(tx, namespace.id, effect, ctx.now());
    await record(tx, ctx, loosening, loosening.action, {});
    return { applied: true };
  }
  const row = await insertChange(tx, {
    namespaceId: namespace.id,
    effect,
    summary,
    proposedById: proposer.personId,
    proposedAt: ctx.now(),
    effectiveAt: await effectiveAt(tx, ctx, proposer),
  });
  const facts = { change: row.id, kind: effect.kind, effectiveAt: row.effectiveAt?.toISOString() ?? null };
  await record(tx, ctx, loosening, "policy-change.propose", facts);
  return { applied: false, change: toChangeView(row, new Map([[proposer.personId, proposer.name]]), ctx.actor) };
}

async function effectiveAt(tx: Tx, ctx: Ctx, proposer: PersonActor): Promise<Date | null> {
  if (await hasOtherActiveAdmin(tx, proposer.personId)) return null;
  return new Date(ctx.now().getTime() + looseningDelayMs());
}

async function record(
  tx: Tx,
  ctx: Ctx,
  { namespace, summary, details }: Loosening,
  action: LedgerAction,
  facts: Record<string, unknown>,
): Promise<void> {
  const subject = namespace.name;
  await appendLedger(tx, ctx, { action, subject, namespace: subject, details: { ...facts, summary, ...details } });
}
