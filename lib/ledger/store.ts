import type { Tx } from "#lib/db/transact.ts";

const LEDGER_LOCK = 5_301_977; // any fixed number no other advisory lock uses

type HeadRow = { seq: bigint; at: Date; sha256: string };

export async function lockHead(tx: Tx): Promise<HeadRow> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LEDGER_LOCK})`;
  return tx.ledgerHead.findUniqueOrThrow({ where: { id: 1 }, select: { seq: true, at: true, sha256: true } });
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
  body: Buffer;
  prevSha256: string;
};

export async function insertLedgerEntry(tx: Tx, row: LedgerRow): Promise<void> {
  await tx.ledgerEntry.create({ data: { ...row, body: new Uint8Array(row.body) } });
}
