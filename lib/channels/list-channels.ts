import { requireReader } from "#lib/access/index.ts";
import { defaultSlug } from "#lib/channels/address.ts";
import { countShown } from "#lib/channels/count-shown.ts";
import { listChannelRows } from "#lib/channels/store/channels.ts";
import { toListItemView } from "#lib/channels/to-view.ts";
import type { ChannelListItemView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";

/**
 * Every channel, the default one first, for everybody signed in: what exists and for whom is no secret, an address of a
 * capability channel is.
 * @throws DomainError `unauthenticated`; `forbidden` for a token without scope `read`.
 */
export async function listChannels(ctx: Ctx): Promise<ChannelListItemView[]> {
  requireReader(ctx);
  const rows = await listChannelRows();
  const counts = await countShown(ctx.now());
  const defaultFirst = rows.toSorted((a, b) => Number(b.slug === defaultSlug) - Number(a.slug === defaultSlug));
  return defaultFirst.map((row) => toListItemView(row, ctx.registryId, counts.get(row.id) ?? 0));
}
