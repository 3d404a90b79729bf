import { type ChainEntry, type ChainLink, chainStart, checkEntry } from "#lib/ledger/verify/entry.ts";

/** Somebody who knows the digest of one event of the chain. */
export type Witness = { seq: number; sha256: string; source: string };

export type Break = { seq: number; reason: string };

export type WalkResult = { entries: number; last: ChainLink; broken: Break | null };

/**
 * Walks a chain from its start and names the first event that is not what it was: edited, missing, reordered, or
 * contradicted by a witness. A chain rewritten as a whole agrees with itself; only witnesses tell.
 */
export async function walkChain(
  entries: AsyncIterable<ChainEntry>,
  witnesses: readonly Witness[],
): Promise<WalkResult> {
  const bySeq = Map.groupBy(witnesses, (witness) => witness.seq);
  let last = chainStart;
  let count = 0;
  for await (const entry of entries) {
    count += 1;
    const expected = last.seq + 1n;
    const reason = checkEntry(last, entry) ?? contradiction(entry, bySeq.get(Number(entry.seq)) ?? []);
    if (reason) return { entries: count, last, broken: { seq: Number(expected), reason } };
    last = entry;
  }
  return { entries: count, last, broken: findMissing(last, witnesses) };
}

function contradiction(entry: ChainEntry, witnesses: readonly Witness[]): string | null {
  const other = witnesses.find((witness) => witness.sha256 !== entry.sha256);
  return other ? `${other.source} knew it with digest ${other.sha256}` : null;
}

/** Witnesses of events beyond the end, and of another start. */
function findMissing(last: ChainLink, witnesses: readonly Witness[]): Break | null {
  const next = Number(last.seq) + 1;
  const beyond = witnesses.find((witness) => witness.seq >= next);
  if (beyond) return { seq: next, reason: `it is missing: ${beyond.source} knew event ${beyond.seq}` };
  const other = witnesses.find((witness) => witness.seq === 0 && witness.sha256 !== chainStart.sha256);
  return other ? { seq: 1, reason: `${other.source} names another start of the chain` } : null;
}
