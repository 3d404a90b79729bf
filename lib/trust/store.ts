import { randomUUID } from "node:crypto";
import type { Tx } from "#lib/db/transact.ts";
import type { TrustThresholds } from "#lib/signing/index.ts";

const TRUST_LOCK = 5_301_981; // any fixed number no other advisory lock uses

/** Two starts at once must not both add a version. */
export async function lockTrustRoots(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TRUST_LOCK})`;
}

export function listTrustRootRows(tx: Tx) {
  return tx.trustRoot.findMany({ orderBy: [{ slug: "asc" }, { version: "desc" }] });
}

export type TrustRootRow = Awaited<ReturnType<typeof listTrustRootRows>>[number];

export type NewTrustRoot = {
  slug: string;
  version: number;
  label: string;
  demo: boolean;
  bytes: Uint8Array;
  sha256: string;
  issuers: string[];
  thresholds: TrustThresholds;
  createdAt: Date;
};

export async function insertTrustRoot(tx: Tx, { bytes, ...root }: NewTrustRoot): Promise<void> {
  await tx.trustRoot.create({ data: { id: randomUUID(), ...root, bytes: new Uint8Array(bytes) } });
}

export async function retireTrustRoot(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.trustRoot.updateMany({ where: { id, retiredAt: null }, data: { retiredAt: now } });
}
