import { requireAuditor } from "#lib/access/index.ts";
import { channelNotFound } from "#lib/channels/errors.ts";
import { channelRefSchema } from "#lib/channels/schemas.ts";
import { findChannel } from "#lib/channels/store/channels.ts";
import { listSelectableServers } from "#lib/channels/store/servers.ts";
import { toRowSelector, toServerSetView } from "#lib/channels/to-view.ts";
import type { ServerSetView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";

/**
 * The servers with anything resolvable that a channel's selection shows, whether or not it is disabled, for
 * administrators and auditors.
 * @throws DomainError `unauthenticated`, `forbidden`, `not-found`.
 */
export async function listChannelServers(ctx: Ctx, input: unknown): Promise<ServerSetView> {
  requireAuditor(ctx);
  const channel = await findChannel(null, parseInput(channelRefSchema, input).slug);
  if (!channel) throw channelNotFound();
  const isShown = toRowSelector(channel);
  const servers = await listSelectableServers(null, ctx.now());
  return toServerSetView(servers.filter((server) => server.resolvable && isShown(server)));
}
