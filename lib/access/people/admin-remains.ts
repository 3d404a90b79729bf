import { countActiveAdmins, type PersonRow } from "#lib/access/people/store.ts";
import { DomainError } from "#lib/core/errors.ts";
import type { Tx } from "#lib/db/transact.ts";

/**
 * Before an admin stops being one. Needs `lockPeople` held.
 * @throws DomainError `last-admin` when nobody else is an active admin.
 */
export async function assertAdminRemains(tx: Tx, person: PersonRow): Promise<void> {
  const isActiveAdmin = person.state === "active" && person.grants.some((grant) => grant.role === "admin");
  if (!isActiveAdmin || (await countActiveAdmins(tx, person.id)) > 0) return;
  throw new DomainError("last-admin", "This is the only administrator. Make another one first.");
}
