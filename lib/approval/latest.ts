import type { Tx } from "#lib/db/transact.ts";
import { listLatestCandidates, pickLatest, updateVersions } from "#lib/versions/index.ts";

/** Which version readers get as `latest`, asked before and after a change under the version's lock. */
export async function findLatestId(tx: Tx, serverId: string, now: Date): Promise<string | null> {
  return pickLatest(await listLatestCandidates(tx, serverId), now)?.id ?? null;
}

/** Versions that lost or gained `latest` changed for readers too: their `updatedAt` moves along. */
export async function touchLatest(tx: Tx, before: string | null, after: string | null, at: Date): Promise<void> {
  if (before === after) return;
  const ids = [before, after].filter((id) => id !== null);
  await updateVersions(tx, ids, { updatedAt: at });
}
