import { randomUUID } from "node:crypto";
import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

export type NamespaceFacts = {
  id: string;
  name: string;
  requiredApprovals: number;
  lifetimeDays: number;
  unpinned: "allow" | "refuse";
  maxPending: number;
};

const ruleShape = { namespace: { select: { name: true } }, managedKey: true, trustRoot: true } as const;

export type KeyRow = NonNullable<Awaited<ReturnType<typeof findKeyById>>>;
export type RuleRow = NonNullable<Awaited<ReturnType<typeof findRuleById>>>;

/** Reads a namespace under its lock, which every change of its policy, rules and keys takes. */
export async function lockNamespace(tx: Tx, name: string): Promise<NamespaceFacts | null> {
  const rows = await tx.$queryRaw<NamespaceFacts[]>`
    SELECT id, name, "requiredApprovals", "lifetimeDays", unpinned::text AS unpinned, "maxPending"
    FROM "Namespace" WHERE "nameKey" = ${name.toLowerCase()} FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

export function findNamespace(tx: Tx, name: string): Promise<NamespaceFacts | null> {
  const select = {
    id: true,
    name: true,
    requiredApprovals: true,
    lifetimeDays: true,
    unpinned: true,
    maxPending: true,
  };
  return tx.namespace.findUnique({ where: { nameKey: name.toLowerCase() }, select });
}

export async function listOwnerIds(tx: Tx, namespaceId: string): Promise<string[]> {
  const rows = await tx.namespaceOwner.findMany({ where: { namespaceId }, select: { personId: true } });
  return rows.map((row) => row.personId).sort();
}

export function listKeyRows(tx: Tx, namespaceId: string): Promise<KeyRow[]> {
  return tx.managedKey.findMany({
    where: { namespaceId },
    include: { namespace: { select: { name: true } } },
    orderBy: { createdAt: "asc" },
  });
}

export function listRuleRows(tx: Tx, namespaceId: string): Promise<RuleRow[]> {
  return tx.publisherRule.findMany({ where: { namespaceId }, include: ruleShape, orderBy: { createdAt: "asc" } });
}

/** Trust roots in force: of each slug the one not retired. */
export function listActiveRootRows(tx: Tx) {
  return tx.trustRoot.findMany({ where: { retiredAt: null }, orderBy: [{ slug: "asc" }, { version: "desc" }] });
}

export function findKeyById(tx: Tx, id: string) {
  return tx.managedKey.findUnique({ where: { id }, include: { namespace: { select: { name: true } } } });
}

export function findRuleById(tx: Tx, id: string) {
  return tx.publisherRule.findUnique({ where: { id }, include: ruleShape });
}

export type NewKey = {
  namespaceId: string;
  label: string;
  hint: string;
  spkiPem: string;
  algorithm: string;
  controllerIds: string[];
  notBefore: Date;
  notAfter: Date | null;
  createdById: string;
};

/** @returns null when this key is registered already, here or elsewhere. */
export async function insertKey(tx: Tx, key: NewKey): Promise<KeyRow | null> {
  const id = randomUUID();
  const data = [{ id, ...key, createdAt: key.notBefore }];
  if ((await tx.managedKey.createMany({ data, skipDuplicates: true })).count === 0) return null;
  return findKeyById(tx, id);
}

/** @returns whether it was not revoked before. */
export async function markKeyRevoked(tx: Tx, id: string, revokedReason: string, now: Date): Promise<boolean> {
  const data = { revokedAt: now, revokedReason };
  return (await tx.managedKey.updateMany({ where: { id, revokedAt: null }, data })).count === 1;
}

export type NewRule = {
  namespaceId: string;
  kind: "key" | "github_actions";
  label: string;
  trustRootSlug: string | null;
  trustRootId: string | null;
  managedKeyId: string | null;
  claims: object;
  allowMessageSignatures: boolean;
  createdById: string;
  createdAt: Date;
};

/** A rule is born proposed; what makes it active is a policy change. */
export async function insertRule(tx: Tx, rule: NewRule): Promise<string> {
  const id = randomUUID();
  await tx.publisherRule.create({ data: { id, state: "proposed", ...rule } });
  return id;
}

export async function markRuleRetired(tx: Tx, id: string, now: Date): Promise<boolean> {
  const where = { id, NOT: { state: "retired" as const } };
  return (await tx.publisherRule.updateMany({ where, data: { state: "retired", retiredAt: now } })).count === 1;
}

export async function countLiveRules(tx: Tx, namespaceId: string): Promise<number> {
  return tx.publisherRule.count({ where: { namespaceId, NOT: { state: "retired" } } });
}

export async function countLiveKeys(tx: Tx, namespaceId: string): Promise<number> {
  return tx.managedKey.count({ where: { namespaceId, revokedAt: null } });
}

export async function countActivePeople(tx: Tx, ids: readonly string[]): Promise<number> {
  return tx.person.count({ where: { id: { in: [...ids] }, state: "active" } });
}

export async function findNames(ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db().person.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
  return new Map(rows.map((row) => [row.id, row.name]));
}
