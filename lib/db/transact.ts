import { setTimeout as sleep } from "node:timers/promises";
import { db } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

/** A Prisma client bound to one open transaction. */
export type Tx = Prisma.TransactionClient;

export type TransactOptions = {
  isolation?: Prisma.TransactionIsolationLevel;
  /** Longest time the transaction may stay open, in milliseconds; that of `db()` when not given. */
  timeoutMs?: number;
};

const attempts = 4;
const conflictCodes = new Set(["40001", "40P01", "P2034"]);

/**
 * Runs `work` in one database transaction (read committed unless told otherwise) and commits when it returns.
 * A serialization failure or deadlock rolls back and runs `work` again, at most four times in all, so `work`
 * must have no effect outside the transaction. Any other error rolls back and is thrown unchanged.
 */
export async function transact<T>(work: (tx: Tx) => Promise<T>, options: TransactOptions = {}): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db().$transaction(work, {
        isolationLevel: options.isolation,
        ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
      });
    } catch (error) {
      if (attempt === attempts || !isConflict(error)) throw error;
      await sleep(attempt * 20 * (1 + Math.random()));
    }
  }
}

/** Whether the database asked to run the transaction again: SQLSTATE 40001 or 40P01, however deep Prisma wraps it. */
export function isConflict(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  const { code, originalCode, kind, cause, meta } = error as Record<string, unknown>;
  if ([code, originalCode].some((c) => typeof c === "string" && conflictCodes.has(c))) return true;
  if (kind === "TransactionWriteConflict") return true;
  const driver = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  return isConflict(cause, depth + 1) || isConflict(driver, depth + 1);
}
