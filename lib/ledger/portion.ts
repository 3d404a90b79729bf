/** Bytes of events that are read at a time, unless a single one has more. */
const heldBytes = 8 * 1024 * 1024;

/**
 * SQL for the numbers of the events to read next: those after `$1`, at most `$2` of them, and no more than can be held at
 * a time. None only at the end of the chain.
 */
export function selectPortion(table: "LedgerEntry" | "RefusalEntry"): string {
  return `
    SELECT seq FROM (
      SELECT seq, sum(bytes) OVER (ORDER BY seq) - bytes AS before FROM (
        SELECT seq, octet_length(body)::bigint AS bytes FROM "${table}" WHERE seq > $1::bigint ORDER BY seq LIMIT $2::int
      ) AS sized
    ) AS counted WHERE before < ${heldBytes}`;
}
