import { requireAdmin } from "#lib/access/index.ts";
import { compareTags } from "#lib/channels/compare-tags.ts";
import { serverNotFound } from "#lib/channels/errors.ts";
import { tagServerSchema } from "#lib/channels/schemas.ts";
import { type ChannelRow, listChannelRows } from "#lib/channels/store/channels.ts";
import { findServer, hasResolvable } from "#lib/channels/store/servers.ts";
import { toRowSelector } from "#lib/channels/to-view.ts";
import type { CrossedChannelView, TagPreviewView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";

/**
 * Which channels a server would enter and leave if it had these tags and no others. Writes nothing and promises nothing:
 * `tagServer` itself decides.
 * @throws DomainError `forbidden`, `invalid-input`, `not-found`.
 */
export async function previewTags(ctx: Ctx, input: unknown): Promise<TagPreviewView> {
  requireAdmin(ctx);
  const { name, tags: asked } = parseInput(tagServerSchema, input);
  const tags = [...new Set(asked)].sort();
  const [server, channels] = await Promise.all([findServer(null, name), listChannelRows()]);
  if (!server) throw serverNotFound();
  const before = server.tags.map(({ tag }) => tag).sort();
  const { entered, left } = compareTags(channels, server.name, before, tags);
  const showing = channels.filter((row) => row.disabledAt === null && toRowSelector(row)({ name, tags }));
  return {
    name,
    tags,
    changes: before.join() !== tags.join(),
    enters: entered.map(toCrossedView),
    leaves: left.map(toCrossedView),
    total: showing.length,
    resolvable: await hasResolvable(server.id, ctx.now()),
  };
}

function toCrossedView({ slug, label, audience, disabledAt }: ChannelRow): CrossedChannelView {
  return { slug, label, audience, disabled: disabledAt !== null };
}
