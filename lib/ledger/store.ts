import { db } from "#lib/db/client.ts";
import type { Tx } from "#lib/db/transact.ts";
import { selectPortion } from "#lib/ledger/portion.ts";

const LEDGER_LOCK = 5_301_977; // any fixed number no other advisory lock uses

type HeadRow = { seq: bigint; at: Date; sha256: string };

const headColumns = { seq: true, at: true, sha256: true } as const;

export async function lockHead(tx: Tx): Promise<HeadRow> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LEDGER_LOCK})`;
  return tx.ledgerHead.findUniqueOrThrow({ where: { id: 1 }, select: headColumns });
}

export async function moveHead(tx: Tx, head: HeadRow): Promise<void> {
  await tx.ledgerHead.update({ where: { id: 1 }, data: head });
}

export type LedgerRow = HeadRow & {
  action: string;
  actorLabel: string;
  serverName: string | null;
  namespace: string | null;
  subject: string;
  body: Uint8Array;
  prevSha256: string;
};

export async function insertLedgerEntry(tx: Tx, row: LedgerRow): Promise<void> {
  await tx.ledgerEntry.create({ data: { ...row, body: new Uint8Array(row.body) } });
}

/** Another lock than the ledger's: being refused must never hold up those who are not. */
export async function lockRefusalHead(tx: Tx): Promise<HeadRow> {
  await tx.$executeRaw`SELECT 1 FROM "RefusalHead" WHERE id = 1 FOR UPDATE`;
  return tx.refusalHead.findUniqueOrThrow({ where: { id: 1 }, select: headColumns });
}

export async function moveRefusalHead(tx: Tx, head: HeadRow): Promise<void> {
  await tx.refusalHead.update({ where: { id: 1 }, data: head });
}

export type RefusalRow = HeadRow & {
  kind: string;
  namespace: string | null;
  subject: string;
  body: Uint8Array;
  prevSha256: string;
};

export async function insertRefusalEntry(tx: Tx, row: RefusalRow): Promise<void> {
  await tx.refusalEntry.create({ data: { ...row, body: new Uint8Array(row.body) } });
}

type Window = { count: number; closed: { count: number; since: Date } | null };

/** Adds one to a fixed-window counter under its row lock; `closed` is the window that ended, when one did. */
export async function bumpWindow(tx: Tx, key: string, now: Date, windowMs: number): Promise<Window> {
  await tx.$executeRaw`
    INSERT INTO "Throttle" (key, "windowStart", count) VALUES (${key}, ${now}, 0) ON CONFLICT (key) DO NOTHING`;
  await tx.$executeRaw`SELECT 1 FROM "Throttle" WHERE key = ${key} FOR UPDATE`;
  const row = await tx.throttle.findUniqueOrThrow({ where: { key } });
  const over = row.windowStart.getTime() + windowMs <= now.getTime();
  const data = over ? { windowStart: now, count: 1 } : { count: row.count + 1 };
  await tx.throttle.update({ where: { key }, data });
  return { count: data.count, closed: over ? { count: row.count, since: row.windowStart } : null };
}

export type WindowRow = { key: string; windowStart: Date; count: number };

/** Removes and returns refusal counters whose window began before `before`; rows another process holds are left. */
export async function takeClosedWindows(tx: Tx, before: Date, limit: number): Promise<WindowRow[]> {
  return tx.$queryRaw<WindowRow[]>`
    DELETE FROM "Throttle" WHERE key IN (
      SELECT key FROM "Throttle" WHERE key LIKE 'refusal:%' AND "windowStart" <= ${before}
      ORDER BY "windowStart" LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING key, "windowStart", count`;
}

export type LedgerFilter = { before: number | null; limit: number; action: string | null; namespace: string | null };

/** Newest first. */
export async function findLedgerRows(filter: LedgerFilter): Promise<LedgerRow[]> {
  return db().ledgerEntry.findMany({
    where: {
      ...(filter.before === null ? {} : { seq: { lt: BigInt(filter.before) } }),
      ...(filter.action === null ? {} : { action: filter.action }),
      ...(filter.namespace === null ? {} : { namespace: filter.namespace }),
    },
    orderBy: { seq: "desc" },
    take: filter.limit,
  });
}

export async function findLedgerRow(seq: number): Promise<LedgerRow | null> {
  return db().ledgerEntry.findUnique({ where: { seq: BigInt(seq) } });
}

/** Newest first; events about exactly this subject. */
export async function findLedgerRowsAbout(subject: string, limit: number): Promise<LedgerRow[]> {
  return db().ledgerEntry.findMany({ where: { subject }, orderBy: { seq: "desc" }, take: limit });
}

/** Newest first. */
export async function findRefusalRows(filter: Omit<LedgerFilter, "action">): Promise<RefusalRow[]> {
  return db().refusalEntry.findMany({
    where: {
      ...(filter.before === null ? {} : { seq: { lt: BigInt(filter.before) } }),
      ...(filter.namespace === null ? {} : { namespace: filter.namespace }),
    },
    orderBy: { seq: "desc" },
    take: filter.limit,
  });
}

export async function findRefusalRow(seq: number): Promise<RefusalRow | null> {
  return db().refusalEntry.findUnique({ where: { seq: BigInt(seq) } });
}

/** Oldest first, after `seq`: as many as `selectPortion` selects. */
export async function readLedgerAfter(seq: bigint, limit: number): Promise<LedgerRow[]> {
  const numbers = await findPortion(selectPortion("LedgerEntry"), seq, limit);
  return db().ledgerEntry.findMany({ where: { seq: { in: numbers } }, orderBy: { seq: "asc" } });
}

export async function readRefusalsAfter(seq: bigint, limit: number): Promise<RefusalRow[]> {
  const numbers = await findPortion(selectPortion("RefusalEntry"), seq, limit);
  return db().refusalEntry.findMany({ where: { seq: { in: numbers } }, orderBy: { seq: "asc" } });
}

async function findPortion(sql: string, seq: bigint, limit: number): Promise<bigint[]> {
  const rows = await db().$queryRawUnsafe<{ seq: bigint }[]>(sql, seq, limit);
  return rows.map((row) => row.seq);
}

export async function readHeads(): Promise<{ ledger: HeadRow | null; refusals: HeadRow | null }> {
  const [ledger, refusals] = await db().$transaction([
    db().ledgerHead.findUnique({ where: { id: 1 }, select: headColumns }),
    db().refusalHead.findUnique({ where: { id: 1 }, select: headColumns }),
  ]);
  return { ledger, refusals };
}

export type CountersignatureRow = { id: string; sha256: string; bundle: Uint8Array };

/** Countersignatures in a fixed order, a page at a time. */
export async function readCountersignaturesAfter(id: string | null, limit: number): Promise<CountersignatureRow[]> {
  return db().approval.findMany({
    select: { id: true, sha256: true, bundle: true },
    where: id === null ? {} : { id: { gt: id } },
    orderBy: { id: "asc" },
    take: limit,
  });
}
