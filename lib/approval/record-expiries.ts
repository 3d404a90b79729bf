import { requireSystem } from "#lib/access/authority.ts";
import { findLatestId, touchLatest } from "#lib/approval/latest.ts";
import { type ExpiredRow, listUnrecordedExpiries } from "#lib/approval/store.ts";
import type { Ctx } from "#lib/core/context.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";
import { isResolvable, lockVersion, toSubject, updateVersions } from "#lib/versions/index.ts";

const batch = 100;

/**
 * Puts approvals that have ended into the ledger, so that `updatedAt` and `latest` move for readers that follow it. They
 * were hidden by the clock already. Idempotent, and safe in several processes at once: each round ends once.
 * One version that fails does not hold up the others.
 * @returns how many were recorded.
 * @throws the first failure, after all others were tried.
 */
export async function recordExpiries(ctx: Ctx): Promise<number> {
  requireSystem(ctx);
  const failures: unknown[] = [];
  let recorded = 0;
  for (const found of await listUnrecordedExpiries(ctx.now(), batch)) {
    try {
      if (await recordExpiry(ctx, found)) recorded += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return recorded;
}

async function recordExpiry(ctx: Ctx, { id, server }: ExpiredRow): Promise<boolean> {
  return transact(async (tx) => {
    const row = await lockVersion(tx, server.namespaceId, id);
    const { expiresAt, round, expiredRound } = row;
    if (row.state !== "approved" || expiresAt === null || isResolvable(row, ctx.now())) return false;
    if (expiredRound !== null && expiredRound >= round) return false;
    const latestBefore = await findLatestId(tx, row.serverId);
    const { at } = await appendLedger(tx, ctx, {
      action: "version.expire",
      subject: toSubject(row.server.name, row.version),
      namespace: row.server.namespace.name,
      serverName: row.server.name,
      details: { versionId: id, round, expiresAt: expiresAt.toISOString() },
    });
    await updateVersions(tx, [id], { expiredRound: round, statusChangedAt: at, updatedAt: at });
    await touchLatest(tx, latestBefore, await findLatestId(tx, row.serverId), at);
    return true;
  });
}
