import { z } from "zod";
import { requireFreshAdmin } from "#lib/access/authority.ts";
import { revokeLinks } from "#lib/access/links/store.ts";
import { assertAdminRemains } from "#lib/access/people/admin-remains.ts";
import { resolveGrants } from "#lib/access/people/resolve-grants.ts";
import { findPerson, lockPeople, type PersonRow, replaceGrants } from "#lib/access/people/store.ts";
import { describeGrants, personNotFound, toPersonView } from "#lib/access/people/to-view.ts";
import { grantsSchema, idSchema } from "#lib/access/schemas.ts";
import type { PersonView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

export const updateGrantsSchema = z.strictObject({ id: idSchema, grants: grantsSchema });

/**
 * Replaces a person's grants; they count from the person's next request. Somebody who stops being an admin leaves no
 * open links behind: whom they invited needs a new one.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input`, `not-found`, `last-admin`.
 */
export async function updateGrants(ctx: Ctx, input: unknown): Promise<PersonView> {
  requireFreshAdmin(ctx);
  const { id, grants: asked } = parseInput(updateGrantsSchema, input);
  const grants = await resolveGrants(asked);
  return transact(async (tx) => {
    await lockPeople(tx);
    const before = await findPerson(tx, id);
    if (!before) throw personNotFound();
    if (!grants.some((grant) => grant.role === "admin")) await endAdministration(tx, ctx, before);
    await replaceGrants(tx, id, grants, ctx.now());
    const details = { person: id, before: describeGrants(before.grants), after: describeGrants(grants) };
    await appendLedger(tx, ctx, { action: "person.update-grants", subject: before.email, details });
    return toPersonView({ ...before, grants });
  });
}

async function endAdministration(tx: Tx, ctx: Ctx, person: PersonRow): Promise<void> {
  await assertAdminRemains(tx, person);
  await revokeLinks(tx, { createdById: person.id }, ctx.now());
}
