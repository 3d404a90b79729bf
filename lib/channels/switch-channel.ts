import { requireAdmin, requireFreshAdmin } from "#lib/access/index.ts";
import { channelNotFound } from "#lib/channels/errors.ts";
import { loadChannel } from "#lib/channels/get-channel.ts";
import { channelRefSchema } from "#lib/channels/schemas.ts";
import { changeChannel, lockChannel } from "#lib/channels/store/channels.ts";
import type { ChannelView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

/**
 * Closes a channel to everybody: its address answers like one that never was. Takes trust away, so an older sign-in will
 * do. Selection, secrets and tokens stay for the day it is enabled again.
 * @throws DomainError `forbidden`, `not-found`; `state-conflict` when disabled already.
 */
export async function disableChannel(ctx: Ctx, input: unknown): Promise<ChannelView> {
  requireAdmin(ctx);
  return switchTo(ctx, parseInput(channelRefSchema, input).slug, "disabled");
}

/**
 * Opens a channel again to whom it was open before.
 * @throws DomainError `forbidden`, `reauthentication-required`, `not-found`; `state-conflict` when it is not disabled.
 */
export async function enableChannel(ctx: Ctx, input: unknown): Promise<ChannelView> {
  requireFreshAdmin(ctx);
  return switchTo(ctx, parseInput(channelRefSchema, input).slug, "enabled");
}

async function switchTo(ctx: Ctx, slug: string, state: "enabled" | "disabled"): Promise<ChannelView> {
  await transact(async (tx) => {
    const channel = await lockChannel(tx, slug);
    if (!channel) throw channelNotFound();
    if ((channel.disabledAt !== null) === (state === "disabled")) {
      throw new DomainError("state-conflict", `The channel is ${state} already.`);
    }
    const action = state === "disabled" ? "channel.disable" : "channel.enable";
    const { at } = await appendLedger(tx, ctx, { action, subject: slug, details: { channel: channel.id } });
    await changeChannel(tx, channel.id, { disabledAt: state === "disabled" ? at : null }, at);
  });
  return loadChannel(ctx, slug);
}
