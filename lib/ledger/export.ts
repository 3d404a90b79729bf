import { requireAuditor } from "#lib/access/authority.ts";
import type { Ctx } from "#lib/core/context.ts";
import { type LedgerRow, type RefusalRow, readHeads, readLedgerAfter, readRefusalsAfter } from "#lib/ledger/store.ts";
import { toLedgerEntryView, toRefusalEntryView } from "#lib/ledger/to-view.ts";

const batch = 500;

/**
 * Both chains, oldest first, as NDJSON lines ending in a newline: the ledger, then the refusals, each up to its head as
 * of the call. `body` holds the exact bytes as text, so that a reader can recompute every digest.
 * @throws forbidden, before the first line.
 */
export async function exportLedger(ctx: Ctx): Promise<AsyncIterable<string>> {
  requireAuditor(ctx);
  const heads = await readHeads();
  return exportLines(heads.ledger?.seq ?? 0n, heads.refusals?.seq ?? 0n);
}

async function* exportLines(lastEntry: bigint, lastRefusal: bigint): AsyncIterable<string> {
  for await (const row of readChain<LedgerRow>(readLedgerAfter, lastEntry)) {
    yield `${JSON.stringify({ chain: "ledger", ...toLedgerEntryView(row) })}\n`;
  }
  for await (const row of readChain<RefusalRow>(readRefusalsAfter, lastRefusal)) {
    yield `${JSON.stringify({ chain: "refusals", ...toRefusalEntryView(row) })}\n`;
  }
}

/** Rows oldest first, up to and including number `last`; `read` gives at most a batch, and none only at the end. */
export async function* readChain<Row extends { seq: bigint }>(
  read: (after: bigint, limit: number) => Promise<Row[]>,
  last: bigint | null,
): AsyncIterable<Row> {
  for (let after = 0n; ; ) {
    const rows = await read(after, batch);
    for (const row of rows) {
      if (last !== null && row.seq > last) return;
      yield row;
    }
    const end = rows.at(-1);
    if (!end) return;
    after = end.seq;
  }
}
