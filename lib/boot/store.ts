import { db } from "#lib/db/client.ts";
import type { Instance, InstanceKind } from "#lib/db/generated/client.ts";

export type InstanceRow = Instance;

export function findInstance(): Promise<InstanceRow | null> {
  return db().instance.findUnique({ where: { id: 1 } });
}

/** How many registry keys this installation has ever had. */
export function countRegistryKeys(): Promise<number> {
  return db().registryKey.count();
}

/** Number of the ledger's last entry. */
export async function readLedgerHead(): Promise<bigint> {
  return (await db().ledgerHead.findFirst({ select: { seq: true } }))?.seq ?? 0n;
}

/** The one row that says what this database is, written by the first start and never changed. */
export async function ensureInstance(kind: InstanceKind, registryId: string, createdAt: Date): Promise<InstanceRow> {
  await db().instance.createMany({ data: { id: 1, kind, registryId, createdAt }, skipDuplicates: true });
  return db().instance.findUniqueOrThrow({ where: { id: 1 } });
}
