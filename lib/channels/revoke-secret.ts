import { requireAdmin } from "#lib/access/index.ts";
import { loadChannel } from "#lib/channels/get-channel.ts";
import { assertCapability } from "#lib/channels/rotate-secret.ts";
import { revokeSecretSchema } from "#lib/channels/schemas.ts";
import { lockChannel } from "#lib/channels/store/channels.ts";
import { findSecret, markSecretRevoked } from "#lib/channels/store/secrets.ts";
import type { ChannelView } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger } from "#lib/ledger/index.ts";

/**
 * Ends one address of a capability channel at once; without another the channel answers nobody until it is rotated.
 * Takes trust away, so an older sign-in will do. A secret revoked before stays so without a second event.
 * @throws DomainError `forbidden`, `not-found`, `state-conflict`.
 */
export async function revokeSecret(ctx: Ctx, input: unknown): Promise<ChannelView> {
  requireAdmin(ctx);
  const { slug, id } = parseInput(revokeSecretSchema, input);
  await transact(async (tx) => {
    const channel = assertCapability(await lockChannel(tx, slug));
    const secret = await findSecret(tx, channel.id, id);
    if (!secret) throw new DomainError("not-found", "There is no such secret.");
    if ((await markSecretRevoked(tx, id, ctx.now())) === 0) return;
    const details = { channel: channel.id, secret: id, prefix: secret.prefix };
    await appendLedger(tx, ctx, { action: "channel.revoke-secret", subject: slug, details });
  });
  return loadChannel(ctx, slug);
}
