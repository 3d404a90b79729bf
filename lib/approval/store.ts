import { randomUUID } from "node:crypto";
import type { Countersignature } from "#lib/approval/countersign.ts";
import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

export type NewVote = {
  versionId: string;
  round: number;
  personId: string;
  reviewDigest: string;
  expiresAt: Date;
  at: Date;
};

/** Once per person, round and record. Given again after the version was reopened, it counts from then. */
export async function saveVote(tx: Tx, vote: NewVote): Promise<void> {
  const { versionId, round, personId, reviewDigest, expiresAt, at } = vote;
  const key = { versionId, round, personId, reviewDigest };
  await tx.vote.upsert({
    where: { versionId_round_personId_reviewDigest: key },
    create: { id: randomUUID(), ...key, expiresAt, createdAt: at },
    update: { expiresAt, createdAt: at },
  });
}

/** One per version and round: a second one fails on the unique constraint. */
export async function insertApproval(
  tx: Tx,
  versionId: string,
  { bundle, approval }: Countersignature,
  reviewRecord: Uint8Array | null,
): Promise<void> {
  const { predicate, keyId, sha256 } = approval;
  await tx.approval.create({
    data: {
      id: randomUUID(),
      versionId,
      round: predicate.round,
      state: predicate.state,
      bundle: new Uint8Array(bundle),
      sha256,
      keyId,
      reviewRecord: reviewRecord && new Uint8Array(reviewRecord),
      reviewDigest: predicate.reviewDigest,
      approvedAt: new Date(predicate.approvedAt),
      expiresAt: predicate.expiresAt === null ? null : new Date(predicate.expiresAt),
    },
  });
}

export type ExpiredRow = { id: string; server: { namespaceId: string } };

/** Approved versions whose newest approval has ended and whose end is not in the ledger yet. */
export async function listUnrecordedExpiries(now: Date, limit: number): Promise<ExpiredRow[]> {
  const rows = await db().version.findMany({
    where: {
      state: "approved",
      expiresAt: { lte: now },
      OR: [{ expiredRound: null }, { expiredRound: { lt: db().version.fields.round } }],
    },
    select: { id: true, server: { select: { namespaceId: true } } },
    orderBy: { expiresAt: "asc" },
    take: limit,
  });
  return rows;
}

export type RegistryKeyRow = { keyId: string; notAfter: Date | null };

export async function listRegistryKeys(tx: Tx): Promise<RegistryKeyRow[]> {
  return tx.registryKey.findMany({ select: { keyId: true, notAfter: true } });
}

export type RegistryKeyFacts = {
  keyId: string;
  spkiPem: string;
  notBefore: Date;
  notAfter: Date | null;
  revokedAt: Date | null;
  rotation: Uint8Array | null;
};

export async function saveRegistryKey(tx: Tx, key: RegistryKeyFacts, now: Date): Promise<void> {
  const { keyId, notAfter, revokedAt } = key;
  const rotation = key.rotation && new Uint8Array(key.rotation);
  await tx.registryKey.upsert({
    where: { keyId },
    create: { ...key, rotation, createdAt: now },
    update: { notAfter, revokedAt },
  });
}
