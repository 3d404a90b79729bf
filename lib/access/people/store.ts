import { randomUUID } from "node:crypto";
import type { GrantView } from "#lib/access/view.ts";
import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

const PEOPLE_LOCK = 5_301_979; // any fixed number no other advisory lock uses

const shape = {
  id: true,
  email: true,
  name: true,
  state: true,
  totpEnabledAt: true,
  createdAt: true,
  grants: { select: { role: true, namespace: true }, orderBy: { createdAt: "asc" } },
  ownerships: { select: { namespace: { select: { name: true } } } },
  sessions: { select: { lastSeenAt: true }, orderBy: { lastSeenAt: "desc" }, take: 1 },
} as const;

/** Taken by every verb that may change who is an admin: two who remove each other must not both succeed. */
export async function lockPeople(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PEOPLE_LOCK})`;
}

export type PersonRow = NonNullable<Awaited<ReturnType<typeof findPerson>>>;

export function findPerson(tx: Tx, id: string) {
  return tx.person.findUnique({ where: { id }, select: shape });
}

export function findPersonByEmail(tx: Tx, emailKey: string) {
  return tx.person.findUnique({ where: { emailKey }, select: shape });
}

export function listPersonRows(): Promise<PersonRow[]> {
  return db().person.findMany({ select: shape, orderBy: [{ state: "asc" }, { name: "asc" }], take: 5000 });
}

export async function countActiveAdmins(tx: Tx, exceptId?: string): Promise<number> {
  const not = exceptId === undefined ? {} : { NOT: { id: exceptId } };
  return tx.person.count({ where: { state: "active", grants: { some: { role: "admin" } }, ...not } });
}

export type NewPerson = {
  email: string;
  emailKey: string;
  name: string;
  passwordHash: string;
  grants: GrantView[];
  now: Date;
};

/** @throws Prisma P2002 when the address is taken. */
export async function insertPerson(tx: Tx, { grants, now, ...person }: NewPerson): Promise<string> {
  const id = randomUUID();
  await tx.person.create({
    data: {
      id,
      ...person,
      passwordChangedAt: now,
      createdAt: now,
      grants: { create: grants.map((grant) => ({ id: randomUUID(), ...grant, createdAt: now })) },
    },
  });
  return id;
}

/** Leaves grants that stay as they are, so that since when somebody holds one is not lost. */
export async function replaceGrants(tx: Tx, personId: string, grants: GrantView[], now: Date): Promise<void> {
  const kept = grants.map(({ role, namespace }) => ({ role, namespace }));
  await tx.roleGrant.deleteMany({ where: { personId, NOT: { OR: kept } } });
  const data = kept.map((grant) => ({ id: randomUUID(), personId, ...grant, createdAt: now }));
  await tx.roleGrant.createMany({ data, skipDuplicates: true });
}

/** From now on they count as somebody who became an admin just now. */
export async function renewAdminGrant(tx: Tx, personId: string, now: Date): Promise<void> {
  await tx.roleGrant.updateMany({ where: { personId, role: "admin" }, data: { createdAt: now } });
}

/** @returns whether the state changed. */
export async function setPersonState(tx: Tx, id: string, state: "active" | "deactivated"): Promise<boolean> {
  return (await tx.person.updateMany({ where: { id, NOT: { state } }, data: { state } })).count === 1;
}
