import { mintSecret, toShownPrefix } from "#lib/access/index.ts";
import { insertSecret } from "#lib/channels/store/secrets.ts";
import type { ChannelAudience } from "#lib/channels/view.ts";
import type { PersonActor } from "#lib/core/context.ts";
import type { Tx } from "#lib/db/transact.ts";

export type IssuedSecret = { id: string; prefix: string; secret: string };

/** A new secret of a capability channel, kept as its hash. What it returns is the only copy. */
export async function issueSecret(tx: Tx, channelId: string, by: PersonActor, now: Date): Promise<IssuedSecret> {
  const { secret, hash } = mintSecret("csc");
  const prefix = toShownPrefix(secret);
  const row = { channelId, prefix, secretHash: hash, createdById: by.personId, createdAt: now };
  return { id: await insertSecret(tx, row), prefix, secret };
}

/** A secret for a channel that needs one. */
export async function issueIfCapability(
  tx: Tx,
  { id, audience }: { id: string; audience: ChannelAudience },
  by: PersonActor,
  now: Date,
): Promise<IssuedSecret | null> {
  return audience === "capability" ? issueSecret(tx, id, by, now) : null;
}
