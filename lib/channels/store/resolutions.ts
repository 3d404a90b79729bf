import { db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";

/** What one reader took in one channel. Days are `2026-11-22`, UTC. */
export type ReaderRow = {
  channelId: string;
  reader: string;
  firstDay: string;
  lastDay: string;
  lastAt: Date;
  count: bigint;
};

/** Whose rows count: those of a version, perhaps in one channel or by one kind of reader, or a channel's since a day. */
export type ReaderScope =
  | { name: string; version: string; channel: string | null; kind: ReaderKind | null }
  | { channelId: string; since: string };
export type ReaderKind = "anonymous" | "secret" | "token";

export type ReaderSlice = { limit: number; offset: number };

/** Latest first. */
export function listReaderRows(scope: ReaderScope, { limit, offset }: ReaderSlice): Promise<ReaderRow[]> {
  return db().$queryRaw<ReaderRow[]>`
    ${readers} WHERE ${inScope(scope)}
    GROUP BY "channelId", reader ORDER BY max("lastAt") DESC, "channelId", reader LIMIT ${limit} OFFSET ${offset}`;
}

/** In an order that new resolutions do not change. @param after the last one known; null from the beginning. */
export function listReaderRowsAfter(scope: ReaderScope, after: ReaderRow | null, limit: number): Promise<ReaderRow[]> {
  const later = after
    ? Prisma.sql`("channelId", reader) > (${after.channelId}::uuid, ${after.reader})`
    : Prisma.sql`true`;
  return db().$queryRaw<ReaderRow[]>`
    ${readers} WHERE ${inScope(scope)} AND ${later}
    GROUP BY "channelId", reader ORDER BY "channelId", reader LIMIT ${limit}`;
}

export async function countReaders(scope: ReaderScope): Promise<number> {
  const [row] = await db().$queryRaw<[{ total: bigint }]>`
    SELECT count(*) AS total FROM (SELECT DISTINCT "channelId", reader FROM "Resolution" WHERE ${inScope(scope)}) r`;
  return Number(row.total);
}

/** Channels with any reader of a version, by label. */
export function listReadChannels(name: string, version: string): Promise<{ slug: string; label: string }[]> {
  return db().$queryRaw`
    SELECT slug, label FROM "Channel" WHERE id IN (
      SELECT "channelId" FROM "Resolution" WHERE name = ${name} AND version = ${version}
    ) ORDER BY label, slug`;
}

const readers = Prisma.sql`
  SELECT "channelId", reader, min(day)::text AS "firstDay", max(day)::text AS "lastDay", max("lastAt") AS "lastAt",
         sum(count)::bigint AS count
  FROM "Resolution"`;

function inScope(scope: ReaderScope): Prisma.Sql {
  if ("since" in scope) {
    return Prisma.sql`"channelId" = ${scope.channelId}::uuid AND day >= ${scope.since}::date`;
  }
  const { name, version, channel, kind } = scope;
  const inChannel =
    channel === null ? Prisma.empty : Prisma.sql` AND "channelId" = (SELECT id FROM "Channel" WHERE slug = ${channel})`;
  return Prisma.sql`name = ${name} AND version = ${version}${inChannel}${ofKind(kind)}`;
}

function ofKind(kind: ReaderKind | null): Prisma.Sql {
  if (kind === null) return Prisma.empty;
  return kind === "anonymous" ? Prisma.sql` AND reader = ''` : Prisma.sql` AND starts_with(reader, ${`${kind}:`})`;
}

export async function deleteResolutionsBefore(day: Date): Promise<number> {
  return (await db().resolution.deleteMany({ where: { day: { lt: day } } })).count;
}

export type NamedReader = {
  id: string;
  label: string | null;
  owner: string | null;
  ownerEmail: string | null;
  prefix: string;
};

export async function listTokenNames(ids: readonly string[]): Promise<NamedReader[]> {
  const select = { id: true, label: true, prefix: true, owner: { select: { name: true, email: true } } } as const;
  const rows = await db().token.findMany({ where: { id: { in: [...ids] } }, select });
  return rows.map(({ owner, ...token }) => ({
    ...token,
    owner: owner?.name ?? null,
    ownerEmail: owner?.email ?? null,
  }));
}

export async function listSecretNames(ids: readonly string[]): Promise<NamedReader[]> {
  const rows = await db().channelSecret.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, prefix: true },
  });
  return rows.map(({ id, prefix }) => ({ id, prefix, label: null, owner: null, ownerEmail: null }));
}
