import { isAdmin, requirePerson } from "#lib/access/authority.ts";
import { listChannelSlugs, listTokenRows } from "#lib/access/tokens/store.ts";
import { toTokenView } from "#lib/access/tokens/to-view.ts";
import type { TokenView } from "#lib/access/view.ts";
import type { Ctx } from "#lib/core/context.ts";

/** For an admin all tokens, for others those they own or made; the newest 500. Never a secret. */
export async function listTokens(ctx: Ctx): Promise<TokenView[]> {
  const actor = requirePerson(ctx);
  const rows = await listTokenRows(isAdmin(actor) ? null : actor.personId);
  const slugs = await listChannelSlugs([...new Set(rows.flatMap((row) => row.channels))]);
  return rows.map((row) => toTokenView(row, slugs, ctx.now()));
}
