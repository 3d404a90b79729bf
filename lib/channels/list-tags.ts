import { requireAdmin } from "#lib/access/index.ts";
import { listTagNames } from "#lib/channels/store/servers.ts";
import type { Ctx } from "#lib/core/context.ts";

/** More would only make a list to choose from long. */
const maxTags = 500;

/**
 * The tags that servers carry, in order, at most the first 500.
 * @throws DomainError `forbidden`.
 */
export async function listTags(ctx: Ctx): Promise<string[]> {
  requireAdmin(ctx);
  return listTagNames(maxTags);
}
