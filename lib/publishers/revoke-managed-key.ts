import { isAdmin, ownsNamespace, requirePerson } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { revokeManagedKeySchema } from "#lib/publishers/schemas.ts";
import { findKeyById, findNames, lockNamespace, markKeyRevoked } from "#lib/publishers/store.ts";
import { toKeyView } from "#lib/publishers/to-view.ts";
import type { ManagedKeyView } from "#lib/publishers/view.ts";

/**
 * Ends a key from now on, at once and for good: nothing it signs is taken any more, and versions that wait for review
 * with its signature cannot be approved. What was approved stays; revoke versions one by one.
 * @throws DomainError `not-found`, the same for no such key and one of a namespace that is not the caller's;
 * `state-conflict` when it is revoked already.
 */
export async function revokeManagedKey(ctx: Ctx, input: unknown): Promise<ManagedKeyView> {
  const actor = requirePerson(ctx);
  const { id, reason } = parseInput(revokeManagedKeySchema, input);
  const now = ctx.now();
  const row = await transact(async (tx) => {
    const key = await findKeyById(tx, id);
    const name = key?.namespace.name ?? "";
    if (!key || !(isAdmin(actor) || ownsNamespace(actor, name)))
      throw new DomainError("not-found", "There is no such key.");
    await lockNamespace(tx, name);
    if (!(await markKeyRevoked(tx, id, reason, now))) throw new DomainError("state-conflict", "It is revoked already.");
    const details = { key: id, hint: key.hint, label: key.label, reason };
    await appendLedger(tx, ctx, { action: "key.revoke", subject: name, namespace: name, details });
    return { ...key, revokedAt: now, revokedReason: reason };
  });
  return toKeyView(row, await findNames(row.controllerIds));
}
