import type { z } from "zod";
import { requireFreshAdmin, takeFromPeople } from "#lib/access/index.ts";
import { compareSelections } from "#lib/channels/compare-selections.ts";
import { channelNotFound, editionConflict, invalidField } from "#lib/channels/errors.ts";
import { loadChannel } from "#lib/channels/get-channel.ts";
import { updateChannelSchema } from "#lib/channels/schemas.ts";
import { readSelection, type Selection } from "#lib/channels/selection.ts";
import { toSelectionFacts } from "#lib/channels/selection-facts.ts";
import { type ChannelRow, changeChannel, lockChannel } from "#lib/channels/store/channels.ts";
import { saveChannelMoves } from "#lib/channels/store/moves.ts";
import { listSelectableServers } from "#lib/channels/store/servers.ts";
import type { ChannelView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { type Tx, transact } from "#lib/db/transact.ts";
import { appendLedger, lockLedger } from "#lib/ledger/index.ts";

type Patch = Omit<z.output<typeof updateChannelSchema>, "slug" | "edition">;

/**
 * Changes what is named of a channel. Which servers enter and leave is decided and noted under the ledger's lock, so
 * that nothing is approved or tagged in between. Anonymous and token channels can become each other; a capability
 * channel stays one, because its addresses hold secrets. Closing a token channel to people takes it from their tokens.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input`, `not-found`; `conflict` when the edit
 * started from another edition than the stored one, with that `edition`.
 */
export async function updateChannel(ctx: Ctx, input: unknown): Promise<ChannelView> {
  requireFreshAdmin(ctx);
  const { slug, edition, ...patch } = parseInput(updateChannelSchema, input);
  if (Object.keys(patch).length === 0) throw new DomainError("invalid-input", "Name at least one thing to change.");
  await transact(async (tx) => {
    const channel = await lockChannel(tx, slug);
    if (!channel) throw channelNotFound();
    if (channel.edition !== edition) throw editionConflict(channel.edition);
    assertAudience(channel, patch);
    await change(tx, ctx, channel, patch);
  });
  return loadChannel(ctx, slug);
}

function assertAudience(channel: ChannelRow, { audience }: Patch): void {
  if (audience === undefined || channel.audience !== "capability") return;
  throw invalidField("/audience", "A capability channel stays one: make another channel for another audience.");
}

async function change(tx: Tx, ctx: Ctx, channel: ChannelRow, patch: Patch): Promise<void> {
  const closes = patch.openToPeople === false && channel.openToPeople;
  const tokens = closes ? await takeFromPeople(tx, channel.id, ctx.now()) : null;
  await lockLedger(tx);
  const moved = patch.selection ? await findMoved(tx, ctx, channel, patch.selection) : null;
  const { selection, ...rest } = patch;
  const details = {
    channel: channel.id,
    edition: channel.edition + 1,
    ...rest,
    ...(selection && { selection: toSelectionFacts(selection) }),
    ...(moved && { appeared: moved.appear.length, disappeared: moved.disappear.length }),
    ...(tokens && { tokens: tokens.length }),
  };
  const { at } = await appendLedger(tx, ctx, { action: "channel.update", subject: channel.slug, details });
  await changeChannel(tx, channel.id, patch, at);
  if (!moved) return;
  const ids = [...moved.appear, ...moved.disappear].map(({ id }) => id);
  await saveChannelMoves(tx, channel.id, ids, at);
}

async function findMoved(tx: Tx, ctx: Ctx, channel: ChannelRow, selection: Selection) {
  const servers = await listSelectableServers(tx, ctx.now());
  return compareSelections(servers, readSelection(channel.selection), selection);
}
