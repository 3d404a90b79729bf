import { hashPassword } from "#lib/access/passwords/hash.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";

/** Gives a person a password, as if they had joined with it. */
export async function setPassword({ personId }: PersonActor, password: string): Promise<void> {
  await db().person.update({ where: { id: personId }, data: { passwordHash: await hashPassword(password) } });
}
