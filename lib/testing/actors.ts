import { randomUUID } from "node:crypto";
import type { Actor, Ctx, Grant, PersonActor, Role } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";

export const testRegistryId = "http://localhost:3000";

/** A clock that stands still until moved. */
export function createClock(start = "2026-11-22T12:00:00.000Z") {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    advance: (ms: number) => {
      at += ms;
    },
  };
}

const standing = createClock();

export function createCtx(actor: Actor, overrides: Partial<Ctx> = {}): Ctx {
  return {
    actor,
    requestId: randomUUID(),
    address: "192.0.2.1",
    registryId: testRegistryId,
    instanceKind: "test",
    now: standing.now,
    ...overrides,
  };
}

export type TestPerson = {
  grants?: [Role, string][];
  owns?: string[];
  name?: string;
  state?: "active" | "deactivated";
};

/** A person in the database with an open browser session and a sign-in of just now. */
export async function createPerson(spec: TestPerson = {}, now: Date = standing.now()): Promise<PersonActor> {
  const id = randomUUID();
  const name = spec.name ?? `Person ${id.slice(0, 4)}`;
  const email = `${id.slice(0, 8)}@example.com`;
  const grants: Grant[] = (spec.grants ?? []).map(([role, namespace]) => ({ role, namespace }));
  await db().person.create({
    data: {
      id,
      email,
      emailKey: email,
      name,
      state: spec.state ?? "active",
      createdAt: now,
      grants: {
        create: (spec.grants ?? []).map(([role, namespace]) => ({ id: randomUUID(), role, namespace, createdAt: now })),
      },
    },
  });
  await own(id, spec.owns ?? [], now);
  const sessionId = await openSession(id, now);
  return { kind: "person", personId: id, sessionId, name, email, authenticatedAt: now, grants, owns: spec.owns ?? [] };
}

async function own(personId: string, names: string[], now: Date): Promise<void> {
  for (const name of names) {
    const namespace = await db().namespace.findUniqueOrThrow({ where: { nameKey: name.toLowerCase() } });
    await db().namespaceOwner.create({ data: { namespaceId: namespace.id, personId, createdAt: now } });
  }
}

async function openSession(personId: string, now: Date): Promise<string> {
  const id = randomUUID();
  const expiresAt = new Date(now.getTime() + 12 * 3_600_000);
  const times = { createdAt: now, authenticatedAt: now, lastSeenAt: now, expiresAt };
  await db().session.create({ data: { id, personId, kind: "browser", ...times } });
  return id;
}
