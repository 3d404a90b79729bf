import { randomUUID } from "node:crypto";
import { personShape } from "#lib/access/sessions/store.ts";
import type { TokenScope } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";

export type NewToken = {
  label: string;
  prefix: string;
  tokenHash: string;
  ownerId: string | null;
  createdById: string;
  scopes: TokenScope[];
  namespaces: string[];
  /** Ids. */
  channels: string[];
  createdAt: Date;
  expiresAt: Date;
};

const named = { owner: { select: { name: true } }, createdBy: { select: { name: true } } } as const;

export type TokenRow = Omit<NewToken, "tokenHash" | "scopes"> & {
  id: string;
  scopes: string[];
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  owner: { name: string } | null;
  createdBy: { name: string };
};

export function insertToken(tx: Tx, token: NewToken): Promise<TokenRow> {
  return tx.token.create({ data: { id: randomUUID(), ...token }, include: named });
}

export function findTokenByHash(tokenHash: string) {
  return db().token.findUnique({
    where: { tokenHash },
    include: { owner: { select: personShape }, createdBy: { select: { state: true } } },
  });
}

export async function touchToken(id: string, now: Date): Promise<void> {
  await db().token.updateMany({ where: { id }, data: { lastUsedAt: now } });
}

/** All of them, or those a person owns or created. */
export function listTokenRows(personId: string | null): Promise<TokenRow[]> {
  const where = personId === null ? {} : { OR: [{ ownerId: personId }, { createdById: personId }] };
  return db().token.findMany({ where, include: named, orderBy: { createdAt: "desc" }, take: 500 });
}

export function findTokenById(tx: Tx, id: string): Promise<TokenRow | null> {
  return tx.token.findUnique({ where: { id }, include: named });
}

export function findTokensByPrefix(tx: Tx, prefix: string): Promise<TokenRow[]> {
  return tx.token.findMany({ where: { prefix: { startsWith: prefix }, revokedAt: null }, include: named, take: 2 });
}

/** @returns how many were not revoked before. */
export async function markRevoked(tx: Tx, id: string, now: Date): Promise<number> {
  return (await tx.token.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })).count;
}

/** Every token a person owns or has seen the secret of. */
export async function revokeTokensOf(tx: Tx, personId: string, now: Date): Promise<string[]> {
  const where = { OR: [{ ownerId: personId }, { createdById: personId }], revokedAt: null };
  const rows = await tx.token.findMany({ where, select: { id: true } });
  await tx.token.updateMany({ where: { id: { in: rows.map((row) => row.id) } }, data: { revokedAt: now } });
  return rows.map((row) => row.id);
}

/** Names of existing namespaces, as stored, for names in any case. */
export async function findNamespaceNames(tx: Tx | null, names: readonly string[]): Promise<Map<string, string>> {
  const keys = names.map((name) => name.toLowerCase());
  const rows = await (tx ?? db()).namespace.findMany({
    where: { nameKey: { in: keys } },
    select: { name: true, nameKey: true },
  });
  return new Map(rows.map((row) => [row.nameKey, row.name]));
}

export type TokenChannelRow = { id: string; slug: string; openToPeople: boolean };

/** Token channels that are not disabled, held as they are until the transaction ends. */
export function lockTokenChannels(tx: Tx, slugs: readonly string[]): Promise<TokenChannelRow[]> {
  return tx.$queryRaw<TokenChannelRow[]>`
    SELECT id, slug, "openToPeople" FROM "Channel"
    WHERE slug = ANY(${[...slugs]}) AND audience = 'token' AND "disabledAt" IS NULL
    ORDER BY slug FOR SHARE`;
}

/** Slugs by id. */
export async function listChannelSlugs(ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db().channel.findMany({ where: { id: { in: [...ids] } }, select: { id: true, slug: true } });
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}

/** Takes a channel from every token that has an owner. @returns the ids of those that had it. */
export async function removeChannelFromPeople(tx: Tx, channelId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Token" SET channels = array_remove(channels, ${channelId})
    WHERE "ownerId" IS NOT NULL AND ${channelId} = ANY(channels) RETURNING id`;
  return rows.map(({ id }) => id);
}

/** Ends tokens that could do nothing but resolve and have no channel left. */
export async function revokePurposeless(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  await tx.token.updateMany({
    where: { id: { in: [...ids] }, scopes: { equals: ["resolve"] }, channels: { isEmpty: true }, revokedAt: null },
    data: { revokedAt: now },
  });
}

/** @param since first day whose counts are looked at, `2026-11-22`, UTC. */
export function touchTokensByCounts(since: string): Promise<number> {
  return db().$executeRaw`
    UPDATE "Token" SET "lastUsedAt" = read.at
    FROM (SELECT substr(reader, 7) AS id, max("lastAt") AS at FROM "Resolution"
          WHERE day >= ${since}::date AND reader LIKE 'token:%' GROUP BY reader) read
    WHERE "Token".id::text = read.id AND ("Token"."lastUsedAt" IS NULL OR "Token"."lastUsedAt" < read.at)`;
}
