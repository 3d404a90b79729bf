import type { Tx } from "#lib/db/transact.ts";
import { listLatestCandidates, pickLatest, updateVersions } from "#lib/versions/index.ts";

/** Every approval that has an end is unexpired then. */
const beforeAllExpiries = new Date(0);

/**
 * Which version is `latest` by the ledger, asked before and after a change under the version's lock. An approval counts
 * until its expiry is recorded, not until the clock reaches it: so each loss and gain of `latest` belongs to exactly one
 * ledger entry, and readers who follow `updatedAt` miss none, whatever happens between the two moments.
 */
export async function findLatestId(tx: Tx, serverId: string): Promise<string | null> {
  const candidates = await listLatestCandidates(tx, serverId);
  const unrecorded = candidates.filter(({ round, expiredRound }) => expiredRound === null || expiredRound < round);
  return pickLatest(unrecorded, beforeAllExpiries)?.id ?? null;
}

/** Versions that lost or gained `latest` changed for readers too: their `updatedAt` moves along. */
export async function touchLatest(tx: Tx, before: string | null, after: string | null, at: Date): Promise<void> {
  if (before === after) return;
  const ids = [before, after].filter((id) => id !== null);
  await updateVersions(tx, ids, { updatedAt: at });
}
