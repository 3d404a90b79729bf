import { requireAdmin } from "#lib/access/index.ts";
import { compareSelections } from "#lib/channels/compare-selections.ts";
import { previewSelectionSchema } from "#lib/channels/schemas.ts";
import { readSelection } from "#lib/channels/selection.ts";
import { findChannel } from "#lib/channels/store/channels.ts";
import { listSelectableServers } from "#lib/channels/store/servers.ts";
import { toServerSetView } from "#lib/channels/to-view.ts";
import type { ChannelPreviewView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";

/**
 * What a selection would change of a channel, or show in a new one when there is no channel of this slug. Counts servers
 * with anything resolvable now. Writes nothing and promises nothing: the edit itself decides.
 * @throws DomainError `forbidden`, `invalid-input`.
 */
export async function previewSelection(ctx: Ctx, input: unknown): Promise<ChannelPreviewView> {
  requireAdmin(ctx);
  const { slug, selection } = parseInput(previewSelectionSchema, input);
  const [channel, servers] = await Promise.all([findChannel(null, slug), listSelectableServers(null, ctx.now())]);
  const resolvable = servers.filter((server) => server.resolvable);
  const before = channel && readSelection(channel.selection);
  const { appear, disappear, after } = compareSelections(resolvable, before, selection);
  return {
    slug,
    edition: channel?.edition ?? null,
    appear: toServerSetView(appear),
    disappear: toServerSetView(disappear),
    total: after.length,
  };
}
