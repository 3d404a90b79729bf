import { randomUUID } from "node:crypto";
import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";
import type { ChangeEffect, PolicyPatch } from "#lib/policy-changes/kinds.ts";

export type ChangeRow = {
  id: string;
  namespaceId: string | null;
  kind: string;
  payload: unknown;
  summary: string;
  state: "waiting" | "applied" | "cancelled";
  proposedById: string;
  proposedAt: Date;
  effectiveAt: Date | null;
  namespace: { name: string } | null;
};

const withName = { namespace: { select: { name: true } } } as const;

export type NewChange = {
  namespaceId: string;
  effect: ChangeEffect;
  summary: string;
  proposedById: string;
  proposedAt: Date;
  effectiveAt: Date | null;
};

export function insertChange(tx: Tx, { effect, ...change }: NewChange): Promise<ChangeRow> {
  const data = { id: randomUUID(), state: "waiting" as const, ...effect, ...change };
  return tx.policyChange.create({ data, include: withName });
}

export function findChange(tx: Tx, id: string): Promise<ChangeRow | null> {
  return tx.policyChange.findUnique({ where: { id }, include: withName });
}

/** One statement, so that of two decisions one counts. @returns whether this call decided. */
export async function decideChange(
  tx: Tx,
  id: string,
  decision: { state: "applied" | "cancelled"; decidedById: string | null; decidedAt: Date },
): Promise<boolean> {
  return (await tx.policyChange.updateMany({ where: { id, state: "waiting" }, data: decision })).count === 1;
}

/** @param namespaceKeys lower-cased names the caller may see; null for all. */
export function listChangeRows(namespaceKeys: string[] | null, state: ChangeRow["state"] | null): Promise<ChangeRow[]> {
  const visible = namespaceKeys === null ? {} : { namespace: { nameKey: { in: namespaceKeys } } };
  const where = { ...visible, ...(state === null ? {} : { state }) };
  return db().policyChange.findMany({ where, include: withName, orderBy: { proposedAt: "desc" }, take: 200 });
}

export async function listDueChangeIds(now: Date): Promise<string[]> {
  const where = { state: "waiting" as const, effectiveAt: { lte: now } };
  const rows = await db().policyChange.findMany({
    where,
    select: { id: true },
    orderBy: { effectiveAt: "asc" },
    take: 50,
  });
  return rows.map((row) => row.id);
}

export function listWaiting(tx: Tx, namespaceId: string, kind: ChangeEffect["kind"]): Promise<ChangeRow[]> {
  return tx.policyChange.findMany({ where: { namespaceId, kind, state: "waiting" }, include: withName });
}

export async function lockNamespaceRow(tx: Tx, namespaceId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Namespace" WHERE id = ${namespaceId}::uuid FOR NO KEY UPDATE`;
}

export async function setNamespacePolicy(tx: Tx, namespaceId: string, patch: PolicyPatch): Promise<void> {
  await tx.namespace.update({ where: { id: namespaceId }, data: patch });
}

/** @returns whether the rule was still proposed and its key, if it has one, not revoked. */
export async function activateRule(tx: Tx, ruleId: string, now: Date): Promise<boolean> {
  const sound = { OR: [{ managedKeyId: null }, { managedKey: { revokedAt: null } }] };
  const where = { id: ruleId, state: "proposed" as const, ...sound };
  return (await tx.publisherRule.updateMany({ where, data: { state: "active", activatedAt: now } })).count === 1;
}

export async function retireProposedRule(tx: Tx, ruleId: string, now: Date): Promise<void> {
  const where = { id: ruleId, state: "proposed" as const };
  await tx.publisherRule.updateMany({ where, data: { state: "retired", retiredAt: now } });
}

/** Whether the registry ever countersigned anything. Before that there is nothing a loosening could endanger. */
export async function hasCountersigned(tx: Tx): Promise<boolean> {
  return (await tx.approval.findFirst({ select: { id: true } })) !== null;
}

export async function hasOtherActiveAdmin(tx: Tx, personId: string): Promise<boolean> {
  const where = { state: "active" as const, grants: { some: { role: "admin" as const } }, NOT: { id: personId } };
  return (await tx.person.findFirst({ where, select: { id: true } })) !== null;
}

export async function isActivePerson(tx: Tx, id: string): Promise<boolean> {
  return (await tx.person.findFirst({ where: { id, state: "active" }, select: { id: true } })) !== null;
}

export async function findNames(personIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db().person.findMany({ where: { id: { in: [...personIds] } }, select: { id: true, name: true } });
  return new Map(rows.map((row) => [row.id, row.name]));
}
