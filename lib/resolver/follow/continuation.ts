import type { LedgerEvent, LedgerPosition } from "#lib/resolver/source.ts";

/** What the ledger says must happen to a state that reaches up to some position. */
export type Continuation =
  /** The last entry known is gone or another: the database is not the one the state came from. */
  { kind: "broken" } | { kind: "next"; events: LedgerEvent[]; gap: boolean };

/**
 * Compares a position with the entries from it on. Numbers have no gaps, so nothing after a gap is believed: it would
 * hide the entries that still come.
 * @param entries as `readLedger(position.seq)` gives them.
 */
export function continueFrom(position: LedgerPosition, entries: readonly LedgerEvent[]): Continuation {
  const [last, ...rest] = position.seq === 0n ? [position, ...entries] : entries;
  if (last?.seq !== position.seq || last.sha256 !== position.sha256) return { kind: "broken" };
  const events: LedgerEvent[] = [];
  for (const entry of rest as LedgerEvent[]) {
    if (entry.seq !== position.seq + BigInt(events.length) + 1n) return { kind: "next", events, gap: true };
    events.push(entry);
  }
  return { kind: "next", events, gap: false };
}

/** Whether channels, or who may read them, are no longer what they were. */
export function touchesReaders({ action }: LedgerEvent): boolean {
  return /^(channel|token|person)\./.test(action);
}
