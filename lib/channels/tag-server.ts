import { requireFreshAdmin } from "#lib/access/index.ts";
import { compareTags } from "#lib/channels/compare-tags.ts";
import { serverNotFound } from "#lib/channels/errors.ts";
import { loadServerChannels } from "#lib/channels/list-server-channels.ts";
import { tagServerSchema } from "#lib/channels/schemas.ts";
import { listChannelRows } from "#lib/channels/store/channels.ts";
import { saveServerMoves } from "#lib/channels/store/moves.ts";
import { findServer, replaceTags, type ServerRow } from "#lib/channels/store/servers.ts";
import type { ServerChannelsView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger, lockLedger } from "#lib/ledger/index.ts";

/**
 * Sets the tags of a whole server, which channels select by; none takes all away. Which channels it enters and leaves is
 * decided and noted under the ledger's lock. The tags it has already change nothing and leave no event.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input`, `not-found`.
 */
export async function tagServer(ctx: Ctx, input: unknown): Promise<ServerChannelsView> {
  requireFreshAdmin(ctx);
  const { name, tags: asked } = parseInput(tagServerSchema, input);
  const tags = [...new Set(asked)].sort();
  await transact(async (tx) => {
    await lockLedger(tx);
    const server = await findServer(tx, name);
    if (!server) throw serverNotFound();
    const before = server.tags.map(({ tag }) => tag).sort();
    if (before.join() !== tags.join()) await retag(tx, ctx, server, before, tags);
  });
  return loadServerChannels(ctx, name);
}

async function retag(tx: Tx, ctx: Ctx, server: ServerRow, before: string[], after: string[]): Promise<void> {
  const { entered, left } = compareTags(await listChannelRows(tx), server.name, before, after);
  const { at } = await appendLedger(tx, ctx, {
    action: "server.tag",
    subject: server.name,
    namespace: server.namespace.name,
    serverName: server.name,
    details: { before, after, entered: entered.map(({ slug }) => slug), left: left.map(({ slug }) => slug) },
  });
  await replaceTags(tx, server.id, after, at);
  const moved = [...entered, ...left].map(({ id }) => id);
  await saveServerMoves(tx, server.id, moved, at);
}
