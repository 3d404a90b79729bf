import { randomUUID } from "node:crypto";
import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

/** What an actor is made of, for sessions and tokens alike. */
export const personShape = {
  id: true,
  name: true,
  email: true,
  state: true,
  grants: { select: { role: true, namespace: true } },
  ownerships: { select: { namespace: { select: { name: true } } } },
} as const;

export type NewSession = {
  personId: string;
  kind: "browser" | "api";
  tokenHash: string | null;
  address: string | null;
  userAgent: string | null;
  now: Date;
  expiresAt: Date;
};

export async function insertSession(tx: Tx, { now, ...session }: NewSession): Promise<string> {
  const id = randomUUID();
  await tx.session.create({ data: { id, ...session, createdAt: now, authenticatedAt: now, lastSeenAt: now } });
  return id;
}

export function findSession(where: { id: string } | { tokenHash: string }) {
  return db().session.findUnique({ where, include: { person: { select: personShape } } });
}

export async function touchSession(id: string, now: Date): Promise<void> {
  await db().session.updateMany({ where: { id, endedAt: null }, data: { lastSeenAt: now } });
}

/** @returns whether the session was still open. */
export async function renewAuthentication(tx: Tx, id: string, now: Date): Promise<boolean> {
  const data = { authenticatedAt: now, lastSeenAt: now };
  return (await tx.session.updateMany({ where: { id, endedAt: null, expiresAt: { gt: now } }, data })).count === 1;
}

export type SessionFilter = { id?: string; personId?: string; exceptId?: string };

/** @returns how many were ended. */
export async function endSessions(tx: Tx, { exceptId, ...filter }: SessionFilter, now: Date): Promise<number> {
  const not = exceptId === undefined ? {} : { NOT: { id: exceptId } };
  const where = { ...filter, ...not, endedAt: null, expiresAt: { gt: now } };
  return (await tx.session.updateMany({ where, data: { endedAt: now } })).count;
}

export function listOpenSessions(personId: string, now: Date) {
  const where = { personId, endedAt: null, expiresAt: { gt: now } };
  return db().session.findMany({ where, orderBy: { lastSeenAt: "desc" }, take: 100 });
}

export async function deleteSessionsEndedBefore(before: Date): Promise<number> {
  const where = { OR: [{ endedAt: { lt: before } }, { expiresAt: { lt: before } }] };
  return (await db().session.deleteMany({ where })).count;
}
