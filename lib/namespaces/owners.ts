import { requireAdmin, requireFreshAdmin } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { namespaceNotFound } from "#lib/namespaces/not-found.ts";
import { namespaceOwnerSchema } from "#lib/namespaces/schemas.ts";
import { countActivePeople, deleteOwner, insertOwner, lockNamespace } from "#lib/namespaces/store.ts";

/**
 * Makes a person an owner: they may publish, propose rules, retire rules and keys, tighten policy and withdraw here.
 * @throws DomainError `forbidden`, `reauthentication-required`, `not-found` (namespace or active person), `conflict`.
 */
export async function addOwner(ctx: Ctx, input: unknown): Promise<void> {
  requireFreshAdmin(ctx);
  const { name, personId } = parseInput(namespaceOwnerSchema, input);
  await transact(async (tx) => {
    const namespace = await lockNamespace(tx, name);
    if (!namespace) throw namespaceNotFound();
    if ((await countActivePeople(tx, [personId])) === 0) throw new DomainError("not-found", "There is no such person.");
    const added = await insertOwner(tx, namespace.id, personId, ctx.now());
    if (!added) throw new DomainError("conflict", "This person is an owner already.");
    const details = { person: personId };
    await appendLedger(tx, ctx, {
      action: "namespace.add-owner",
      subject: namespace.name,
      namespace: namespace.name,
      details,
    });
  });
}

/** Ends an ownership. Takes trust away, so an older sign-in will do. @throws DomainError `forbidden`, `not-found`. */
export async function removeOwner(ctx: Ctx, input: unknown): Promise<void> {
  requireAdmin(ctx);
  const { name, personId } = parseInput(namespaceOwnerSchema, input);
  await transact(async (tx) => {
    const namespace = await lockNamespace(tx, name);
    if (!namespace) throw namespaceNotFound();
    if (!(await deleteOwner(tx, namespace.id, personId))) throw new DomainError("not-found", "There is no such owner.");
    const event = { subject: namespace.name, namespace: namespace.name, details: { person: personId } };
    await appendLedger(tx, ctx, { action: "namespace.remove-owner", ...event });
  });
}
