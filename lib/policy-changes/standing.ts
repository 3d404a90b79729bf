import type { Tx } from "#lib/db/transact.ts";
import { type ConfirmableChange, ownerKey, type Standing } from "#lib/policy-changes/independence.ts";

/**
 * What `findObstacle` needs to know about who proposed these changes and who would confirm them.
 * @param resetsAfter how far back resets of passwords matter.
 */
export async function loadStanding(
  tx: Tx,
  changes: readonly ConfirmableChange[],
  confirmerId: string,
  resetsAfter: Date,
): Promise<Standing> {
  const proposers = changes.map((change) => change.proposedById);
  const people = [...new Set([confirmerId, ...proposers])];
  const namespaces = changes.map((change) => change.namespaceId).filter((id) => id !== null);
  return {
    firstCountersignedAt: await findFirstCountersignedAt(tx),
    adminSince: await findAdminSince(tx, people),
    ownerSince: await findOwnerSince(tx, proposers, namespaces),
    resetAt: await findResets(tx, people, resetsAfter),
  };
}

async function findFirstCountersignedAt(tx: Tx): Promise<Date | null> {
  const row = await tx.approval.findFirst({ orderBy: { approvedAt: "asc" }, select: { approvedAt: true } });
  return row?.approvedAt ?? null;
}

/** Without a break: a grant that is taken away and given again is a new one. */
async function findAdminSince(tx: Tx, personIds: string[]): Promise<Map<string, Date>> {
  const rows = await tx.roleGrant.findMany({ where: { role: "admin", personId: { in: personIds } } });
  return new Map(rows.map((row) => [row.personId, row.createdAt]));
}

/** Without a break, like grants. */
async function findOwnerSince(tx: Tx, personIds: string[], namespaceIds: string[]): Promise<Map<string, Date>> {
  const where = { personId: { in: personIds }, namespaceId: { in: namespaceIds } };
  const rows = await tx.namespaceOwner.findMany({ where });
  return new Map(rows.map((row) => [ownerKey(row.namespaceId, row.personId), row.createdAt]));
}

/** The latest of each person; what the host resets is no administrator's act. */
async function findResets(tx: Tx, personIds: string[], after: Date): Promise<Map<string, Date>> {
  const used = { kind: "password_reset" as const, consumedAt: { gt: after }, NOT: { createdById: null } };
  const rows = await tx.oneTimeLink.findMany({
    where: { ...used, personId: { in: personIds } },
    select: { personId: true, consumedAt: true },
    orderBy: { consumedAt: "asc" },
  });
  return new Map(rows.flatMap(({ personId, consumedAt }) => (personId && consumedAt ? [[personId, consumedAt]] : [])));
}
