import { requireSystem } from "#lib/access/index.ts";
import { deleteResolutionsBefore } from "#lib/channels/store/resolutions.ts";
import type { Ctx } from "#lib/core/context.ts";

/** How long it is known who resolved a version. */
export const keptDays = 400;

/** Removes counts of more than 400 days ago. For the worker. @returns how many rows went. */
export async function forgetResolutions(ctx: Ctx): Promise<number> {
  requireSystem(ctx);
  return deleteResolutionsBefore(new Date(ctx.now().getTime() - keptDays * 86_400_000));
}
