import { db } from "#lib/db/client.ts";

/** What one reader took of one version in one channel. Days are `2026-11-22`, UTC. */
export type ReaderRow = {
  channelId: string;
  reader: string;
  firstDay: string;
  lastDay: string;
  lastAt: Date;
  count: bigint;
};

/** Latest first. */
export function listVersionReaders(name: string, version: string, limit: number): Promise<ReaderRow[]> {
  return db().$queryRaw<ReaderRow[]>`
    SELECT "channelId", reader, min(day)::text AS "firstDay", max(day)::text AS "lastDay", max("lastAt") AS "lastAt",
           sum(count)::bigint AS count
    FROM "Resolution" WHERE name = ${name} AND version = ${version}
    GROUP BY "channelId", reader ORDER BY max("lastAt") DESC, reader LIMIT ${limit}`;
}

/** Latest first. @param since first day that counts, `2026-11-22`, UTC. */
export function listChannelReaderRows(channelId: string, since: string, limit: number): Promise<ReaderRow[]> {
  return db().$queryRaw<ReaderRow[]>`
    SELECT "channelId", reader, min(day)::text AS "firstDay", max(day)::text AS "lastDay", max("lastAt") AS "lastAt",
           sum(count)::bigint AS count
    FROM "Resolution" WHERE "channelId" = ${channelId}::uuid AND day >= ${since}::date
    GROUP BY "channelId", reader ORDER BY max("lastAt") DESC, reader LIMIT ${limit}`;
}

export async function deleteResolutionsBefore(day: Date): Promise<number> {
  return (await db().resolution.deleteMany({ where: { day: { lt: day } } })).count;
}

export type NamedReader = { id: string; label: string | null; owner: string | null; prefix: string };

export async function listTokenNames(ids: readonly string[]): Promise<NamedReader[]> {
  const select = { id: true, label: true, prefix: true, owner: { select: { name: true } } } as const;
  const rows = await db().token.findMany({ where: { id: { in: [...ids] } }, select });
  return rows.map(({ id, label, prefix, owner }) => ({ id, label, prefix, owner: owner?.name ?? null }));
}

export async function listSecretNames(ids: readonly string[]): Promise<NamedReader[]> {
  const rows = await db().channelSecret.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, prefix: true },
  });
  return rows.map(({ id, prefix }) => ({ id, prefix, label: null, owner: null }));
}
