import { requireFreshAdmin } from "#lib/access/index.ts";
import { toChannelAddress } from "#lib/channels/address.ts";
import { channelNotFound } from "#lib/channels/errors.ts";
import { loadChannel } from "#lib/channels/get-channel.ts";
import { issueSecret } from "#lib/channels/issue-secret.ts";
import { rotateSecretSchema } from "#lib/channels/schemas.ts";
import { type ChannelRow, lockChannel } from "#lib/channels/store/channels.ts";
import { countLiveSecrets, endSecretsAt } from "#lib/channels/store/secrets.ts";
import type { RotatedSecretView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

const hourMs = 3_600_000;
/** More could no longer be overlooked. */
const maxLiveSecrets = 20;

/**
 * Gives a capability channel a new address. The ones in use answer for `overlapHours` (0 to 720) more, unless they end
 * before.
 * @returns the view with the new address, which is shown this once.
 * @throws DomainError `forbidden`, `reauthentication-required`, `invalid-input`, `not-found`; `state-conflict` for a
 * channel of another audience; `conflict` when 20 addresses would go on answering beside the new one.
 */
export async function rotateSecret(ctx: Ctx, input: unknown): Promise<RotatedSecretView> {
  const admin = requireFreshAdmin(ctx);
  const { slug, overlapHours } = parseInput(rotateSecretSchema, input);
  const address = await transact(async (tx) => {
    const channel = assertCapability(await lockChannel(tx, slug));
    const now = ctx.now();
    const ended = await endSecretsAt(tx, channel.id, new Date(now.getTime() + overlapHours * hourMs));
    if ((await countLiveSecrets(tx, channel.id, now)) >= maxLiveSecrets) throw tooManySecrets();
    const issued = await issueSecret(tx, channel.id, admin, now);
    const details = { channel: channel.id, secret: issued.id, prefix: issued.prefix, overlapHours, ended };
    await appendLedger(tx, ctx, { action: "channel.rotate", subject: slug, details });
    return toChannelAddress(ctx.registryId, channel, issued.secret) ?? "";
  });
  return { ...(await loadChannel(ctx, slug)), address };
}

function tooManySecrets(): DomainError {
  return new DomainError(
    "conflict",
    `${maxLiveSecrets} addresses answer already: revoke some, or rotate without overlap.`,
  );
}

/** @throws DomainError `not-found`; `state-conflict` for a channel whose address has no secret. */
export function assertCapability(channel: ChannelRow | null): ChannelRow {
  if (!channel) throw channelNotFound();
  if (channel.audience === "capability") return channel;
  throw new DomainError("state-conflict", "Only the address of a capability channel has a secret.");
}
