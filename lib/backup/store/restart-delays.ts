import type pg from "pg";

/**
 * Lets every loosening of policy that waits for its delay wait for the whole of it again, from `now` on: it may have been
 * cancelled after the backup was made, and nobody could do so again before the product starts.
 */
export async function restartDelays(client: pg.Client, now: Date): Promise<void> {
  await client.query(
    `UPDATE "PolicyChange" SET "effectiveAt" = $1::timestamptz + ("effectiveAt" - "proposedAt")
     WHERE state = 'waiting' AND "effectiveAt" IS NOT NULL`,
    [now.toISOString()],
  );
}
