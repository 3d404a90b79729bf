import type pg from "pg";

/** No delay is longer: LOOSENING_DELAY_HOURS is at most this. Rows may say anything. */
const longestDelay = "720 hours";

/**
 * Lets every loosening of policy that waits for its delay wait for the whole of it again, from `now` on: it may have been
 * cancelled after the backup was made, and nobody could do so again before the product starts.
 */
export async function restartDelays(client: pg.Client, now: Date): Promise<void> {
  await client.query(
    `UPDATE "PolicyChange" SET "effectiveAt" = $1::timestamptz
       + least(greatest("effectiveAt" - "proposedAt", interval '0'), interval '${longestDelay}')
     WHERE state = 'waiting' AND "effectiveAt" IS NOT NULL`,
    [now.toISOString()],
  );
}
