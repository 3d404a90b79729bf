import { requireReader } from "#lib/access/index.ts";
import { toChannelAddress } from "#lib/channels/address.ts";
import { serverNotFound } from "#lib/channels/errors.ts";
import { serverRefSchema } from "#lib/channels/schemas.ts";
import { listChannelRows } from "#lib/channels/store/channels.ts";
import { findServer } from "#lib/channels/store/servers.ts";
import { toRowSelector } from "#lib/channels/to-view.ts";
import type { ServerChannelsView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { listVersions } from "#lib/versions/index.ts";

/**
 * The tags of a server and the channels that show it, for whoever may see the server. Disabled channels show nothing.
 * Says nothing about whether any of its versions is resolvable.
 * @throws DomainError `unauthenticated`, `forbidden`; `not-found`, the same for missing and invisible.
 */
export async function listServerChannels(ctx: Ctx, input: unknown): Promise<ServerChannelsView> {
  requireReader(ctx);
  const { name } = parseInput(serverRefSchema, input);
  await listVersions(ctx, { name });
  return loadServerChannels(ctx, name);
}

/** The view itself, for callers who have checked authority. @throws DomainError `not-found`. */
export async function loadServerChannels(ctx: Ctx, name: string): Promise<ServerChannelsView> {
  const [server, rows] = await Promise.all([findServer(null, name), listChannelRows()]);
  if (!server) throw serverNotFound();
  const tags = server.tags.map(({ tag }) => tag).sort();
  const showing = rows.filter((row) => row.disabledAt === null && toRowSelector(row)({ name, tags }));
  const channels = showing.map((row) => {
    const { slug, label, audience } = row;
    return { slug, label, audience, address: toChannelAddress(ctx.registryId, row) };
  });
  return { name, tags, channels };
}
