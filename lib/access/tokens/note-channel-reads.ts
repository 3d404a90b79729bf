import { requireSystem } from "#lib/access/authority.ts";
import { touchTokensByCounts } from "#lib/access/tokens/store.ts";
import type { Ctx } from "#lib/core/context.ts";

const dayMs = 86_400_000;

/**
 * Notes when tokens last read from a channel, from what readers counted since yesterday: readers answer from memory and
 * write nothing of the kind themselves. For the worker. @returns how many tokens were used later than known.
 */
export async function noteChannelReads(ctx: Ctx): Promise<number> {
  requireSystem(ctx);
  return touchTokensByCounts(new Date(ctx.now().getTime() - dayMs).toISOString().slice(0, 10));
}
