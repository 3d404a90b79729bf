import type { CatalogueSource, LedgerPosition } from "#lib/resolver/source.ts";

type Source = Pick<CatalogueSource, "readLedger">;

const beginning: LedgerPosition = { seq: 0n, sha256: "", at: 0 };

/**
 * Where a ledger that took the place of another may begin to differ: its last entry that is no later than the last one
 * known of the other, found by bisection. A restored database goes on from its backup, and what is written then is later
 * than whatever was known before, unless its clock was set back.
 * @throws when the source cannot be read.
 */
export async function findResumption(source: Source, known: LedgerPosition): Promise<LedgerPosition> {
  let low = beginning;
  let high = known.seq + 1n;
  for (;;) {
    const found = await readUpTo(source, high, known.at);
    if (!found) break;
    low = found;
    high *= 2n;
  }
  while (high - low.seq > 1n) {
    const middle = (low.seq + high) / 2n;
    const found = await readUpTo(source, middle, known.at);
    if (found) low = found;
    else high = middle;
  }
  return low;
}

/** The entry of that number, unless there is none or it is later. One without a time is taken for an earlier one. */
async function readUpTo(source: Source, seq: bigint, at: number): Promise<LedgerPosition | null> {
  const [entry] = await source.readLedger(seq, 1);
  return entry?.seq === seq && !(entry.at > at) ? entry : null;
}
