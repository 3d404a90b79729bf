import { randomUUID } from "node:crypto";
import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

const summaryShape = {
  id: true,
  name: true,
  requiredApprovals: true,
  lifetimeDays: true,
  unpinned: true,
  maxPending: true,
  owners: { select: { person: { select: { id: true, name: true } } }, orderBy: { createdAt: "asc" } },
  _count: { select: { servers: true, rules: { where: { state: "active" } } } },
} as const;

export type NamespaceRow = NonNullable<Awaited<ReturnType<typeof findVisibleNamespace>>>;
export type NamespaceFacts = Pick<
  NamespaceRow,
  "id" | "name" | "requiredApprovals" | "lifetimeDays" | "unpinned" | "maxPending"
>;

/** @param keys lower-cased names the caller may see; null for all. */
export function listVisibleNamespaces(keys: string[] | null): Promise<NamespaceRow[]> {
  const where = keys === null ? {} : { nameKey: { in: keys } };
  return db().namespace.findMany({ where, select: summaryShape, orderBy: { nameKey: "asc" }, take: 1000 });
}

/** The one look-up by name: out of sight and missing are the same null. */
export function findVisibleNamespace(name: string, keys: string[] | null) {
  const nameKey = name.toLowerCase();
  if (keys !== null && !keys.includes(nameKey)) return Promise.resolve(null);
  return db().namespace.findUnique({ where: { nameKey }, select: summaryShape });
}

export async function countPendingByNamespace(ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db().server.findMany({
    where: { namespaceId: { in: [...ids] }, versions: { some: { state: "pending" } } },
    select: { namespaceId: true, _count: { select: { versions: { where: { state: "pending" } } } } },
  });
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.namespaceId, (counts.get(row.namespaceId) ?? 0) + row._count.versions);
  return counts;
}

/** Reads a namespace under its lock, which every change of its policy, rules and keys takes. */
export async function lockNamespace(tx: Tx, name: string): Promise<NamespaceFacts | null> {
  const rows = await tx.$queryRaw<NamespaceFacts[]>`
    SELECT id, name, "requiredApprovals", "lifetimeDays", unpinned::text AS unpinned, "maxPending"
    FROM "Namespace" WHERE "nameKey" = ${name.toLowerCase()} FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

export type NewNamespace = Omit<NamespaceFacts, "id"> & { ownerIds: string[]; now: Date };

/** @returns null when the name is taken, in whatever case. */
export async function insertNamespace(tx: Tx, { ownerIds, now, ...policy }: NewNamespace): Promise<string | null> {
  const id = randomUUID();
  const data = { id, ...policy, nameKey: policy.name.toLowerCase(), createdAt: now };
  if ((await tx.namespace.createMany({ data: [data], skipDuplicates: true })).count === 0) return null;
  const owners = ownerIds.map((personId) => ({ namespaceId: id, personId, createdAt: now }));
  await tx.namespaceOwner.createMany({ data: owners });
  return id;
}

export async function setPolicy(
  tx: Tx,
  id: string,
  patch: Partial<Pick<NamespaceFacts, "requiredApprovals" | "lifetimeDays" | "unpinned" | "maxPending">>,
): Promise<void> {
  await tx.namespace.update({ where: { id }, data: patch });
}

/** @returns whether the person was not an owner before. */
export async function insertOwner(tx: Tx, namespaceId: string, personId: string, now: Date): Promise<boolean> {
  const data = [{ namespaceId, personId, createdAt: now }];
  return (await tx.namespaceOwner.createMany({ data, skipDuplicates: true })).count === 1;
}

export async function deleteOwner(tx: Tx, namespaceId: string, personId: string): Promise<boolean> {
  return (await tx.namespaceOwner.deleteMany({ where: { namespaceId, personId } })).count === 1;
}

export async function countActivePeople(tx: Tx, ids: readonly string[]): Promise<number> {
  return tx.person.count({ where: { id: { in: [...ids] }, state: "active" } });
}
