import type { Ctx } from "#lib/core/context.ts";
import type { Tx } from "#lib/db/transact.ts";
import { appendLedger, type LedgerAction } from "#lib/ledger/index.ts";
import type { ChangeRow } from "#lib/policy-changes/store.ts";

type Decision = Extract<LedgerAction, `policy-change.${string}`>;

export async function recordDecision(
  tx: Tx,
  ctx: Ctx,
  change: ChangeRow,
  action: Decision,
  facts: Record<string, unknown> = {},
): Promise<void> {
  const { id, kind, payload, summary, proposedById } = change;
  const namespace = change.namespace?.name;
  await appendLedger(tx, ctx, {
    action,
    subject: namespace ?? "registry",
    ...(namespace === undefined ? {} : { namespace }),
    details: { change: id, kind, payload, summary, proposedBy: proposedById, ...facts },
  });
}
