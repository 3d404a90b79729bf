import { randomUUID } from "node:crypto";
import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

const maxShownSecrets = 100;

/** Newest first. */
export function listSecretRows(channelId: string) {
  return db().channelSecret.findMany({
    where: { channelId },
    omit: { secretHash: true },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    take: maxShownSecrets,
  });
}

export type SecretRow = Awaited<ReturnType<typeof listSecretRows>>[number];

export type NewSecret = { channelId: string; prefix: string; secretHash: string; createdById: string; createdAt: Date };

export async function insertSecret(tx: Tx, secret: NewSecret): Promise<string> {
  const id = randomUUID();
  await tx.channelSecret.create({ data: { id, ...secret } });
  return id;
}

/** Ends every secret that would otherwise last longer. @returns the ids of those. */
export async function endSecretsAt(tx: Tx, channelId: string, expiresAt: Date): Promise<string[]> {
  const longer = [{ expiresAt: null }, { expiresAt: { gt: expiresAt } }];
  const rows = await tx.channelSecret.updateManyAndReturn({
    where: { channelId, revokedAt: null, OR: longer },
    data: { expiresAt },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Secrets that still open the channel. */
export function countLiveSecrets(tx: Tx, channelId: string, now: Date): Promise<number> {
  const lasting = [{ expiresAt: null }, { expiresAt: { gt: now } }];
  return tx.channelSecret.count({ where: { channelId, revokedAt: null, OR: lasting } });
}

export function findSecret(tx: Tx, channelId: string, id: string): Promise<{ prefix: string } | null> {
  return tx.channelSecret.findFirst({ where: { id, channelId }, select: { prefix: true } });
}

/** @returns how many were not revoked before. */
export async function markSecretRevoked(tx: Tx, id: string, now: Date): Promise<number> {
  return (await tx.channelSecret.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })).count;
}
