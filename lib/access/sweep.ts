import { deleteSessionsEndedBefore } from "#lib/access/sessions/store.ts";
import { attemptWindowMs, throttlePrefix } from "#lib/access/throttle/attempts.ts";
import { deleteWindowsBefore } from "#lib/access/throttle/store.ts";
import type { Ctx } from "#lib/core/context.ts";

const keptSessionsMs = 30 * 86_400_000;

/** Removes what has no more use: throttle windows that are over and sessions that ended a month ago. For the worker. */
export async function sweepAccess(ctx: Ctx): Promise<void> {
  const now = ctx.now().getTime();
  await deleteWindowsBefore(new Date(now - 2 * attemptWindowMs), throttlePrefix);
  await deleteSessionsEndedBefore(new Date(now - keptSessionsMs));
}
