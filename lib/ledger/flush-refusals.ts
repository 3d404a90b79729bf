import type { Ctx } from "#lib/core/context.ts";
import { transact } from "#lib/db/transact.ts";
import { decodeWindowKey, refusalWindowMs, suppressedOf } from "#lib/ledger/refusal-window.ts";
import { appendRefusal } from "#lib/ledger/refuse.ts";
import { takeClosedWindows } from "#lib/ledger/store.ts";

const maxWindows = 200;

/**
 * Closes counting windows that are over: what was counted without being written becomes one entry per window, and the
 * counters go. Called by the worker; safe to run in several processes at once.
 * @returns how many entries were written.
 */
export async function flushRefusals(ctx: Ctx): Promise<number> {
  return transact(async (tx) => {
    const before = new Date(ctx.now().getTime() - refusalWindowMs);
    let written = 0;
    for (const row of await takeClosedWindows(tx, before, maxWindows)) {
      const key = decodeWindowKey(row.key);
      const count = key ? suppressedOf(key, row.count) : 0;
      if (!key || count === 0) continue;
      const since = row.windowStart.toISOString();
      const source = key.scope === "source" ? key.source : "all";
      const namespace = key.scope === "source" ? key.namespace : null;
      const subject = `${count} more from ${source} since ${since}`;
      await appendRefusal(tx, ctx, {
        kind: key.kind,
        namespace,
        source,
        subject,
        details: {},
        suppressed: [{ count, since }],
      });
      written += 1;
    }
    return written;
  });
}
