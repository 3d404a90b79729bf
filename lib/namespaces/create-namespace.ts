import { requireFreshAdmin } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { getNamespace } from "#lib/namespaces/get-namespace.ts";
import { createNamespaceSchema } from "#lib/namespaces/schemas.ts";
import { countActivePeople, insertNamespace } from "#lib/namespaces/store.ts";
import type { NamespaceView } from "#lib/namespaces/view.ts";

/**
 * Makes a namespace. Nobody may publish into it before a rule is added. Names are unique ignoring case.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input`, `name-taken`.
 */
export async function createNamespace(ctx: Ctx, input: unknown): Promise<NamespaceView> {
  requireFreshAdmin(ctx);
  const { ownerIds: asked, ...policy } = parseInput(createNamespaceSchema, input);
  const ownerIds = [...new Set(asked)];
  await transact(async (tx) => {
    if ((await countActivePeople(tx, ownerIds)) !== ownerIds.length) throw unknownOwner();
    const id = await insertNamespace(tx, { ...policy, ownerIds, now: ctx.now() });
    if (id === null) throw new DomainError("name-taken", "There is a namespace of this name already.");
    const { name } = policy;
    const details = { ...policy, owners: ownerIds };
    await appendLedger(tx, ctx, { action: "namespace.create", subject: name, namespace: name, details });
  });
  return getNamespace(ctx, { name: policy.name });
}

function unknownOwner(): DomainError {
  const detail = "Not every owner is an active person.";
  return new DomainError("invalid-input", detail, { fields: [{ pointer: "/ownerIds", detail }] });
}
