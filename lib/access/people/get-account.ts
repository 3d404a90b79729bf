import { requirePerson } from "#lib/access/authority.ts";
import { findPerson } from "#lib/access/people/store.ts";
import { personNotFound, toPersonView } from "#lib/access/people/to-view.ts";
import type { PersonView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { transact } from "#lib/db/transact.ts";

/** The caller's own account as an admin would see it. @throws DomainError `unauthenticated`; `forbidden` for tokens. */
export async function getAccount(ctx: Ctx): Promise<PersonView> {
  const { personId } = requirePerson(ctx);
  const row = await transact((tx) => findPerson(tx, personId));
  if (!row) throw personNotFound();
  return toPersonView(row);
}
