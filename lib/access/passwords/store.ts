import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

const shape = {
  id: true,
  email: true,
  name: true,
  state: true,
  passwordHash: true,
  totpSecret: true,
  totpEnabledAt: true,
} as const;

/** What proves a person: hash and sealed secret. Never leaves lib/access. */
export type CredentialsRow = {
  id: string;
  email: string;
  name: string;
  state: "active" | "deactivated";
  passwordHash: string | null;
  totpSecret: string | null;
  totpEnabledAt: Date | null;
};

export function findCredentials(where: { emailKey: string } | { id: string }): Promise<CredentialsRow | null> {
  return db().person.findUnique({ where, select: shape });
}

/**
 * Holds the person as proved until the transaction ends: a password change, reset or deactivation comes wholly before or
 * wholly after, and then ends what was opened here.
 * @returns false when the proof is no longer of the person as stored.
 */
export async function holdProved(tx: Tx, proved: CredentialsRow): Promise<boolean> {
  await tx.$executeRaw`SELECT 1 FROM "Person" WHERE id = ${proved.id}::uuid FOR SHARE`;
  const now = await tx.person.findUnique({ where: { id: proved.id }, select: shape });
  return now?.state === "active" && now.passwordHash === proved.passwordHash && now.totpSecret === proved.totpSecret;
}

export async function setPasswordHash(tx: Tx, id: string, passwordHash: string, now: Date): Promise<void> {
  await tx.person.update({ where: { id }, data: { passwordHash, passwordChangedAt: now } });
}
