import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { safe } from "../terminal/safe-text.ts";

/** Where the registry is read, and whether with the token that is stored for it (undefined) or none (null). */
export type ReadPlace = { base: string; token: null | undefined };

const channelForm = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
const secretForm = /^csc_[0-9A-Za-z]{49}$/;

/**
 * Without a channel the registry's own address, without a token: what is verified is what every reader gets. With one
 * its address, with the secret part from COUNTERSIGN_CHANNEL_SECRET where that is set, else with the token.
 * @throws Failure `bad-argument`.
 */
export function toReadPlace(env: NodeJS.ProcessEnv, channel: string | undefined): ReadPlace {
  if (channel === undefined) return { base: "/v0.1", token: null };
  if (!channelForm.test(channel)) throw new Failure(EXIT.usage, "bad-argument", safe`This is no channel: ${channel}`);
  const secret = env.COUNTERSIGN_CHANNEL_SECRET;
  if (channel === "default") return { base: "/v0.1", token: undefined };
  if (!secret) return { base: `/c/${channel}/v0.1`, token: undefined };
  if (secretForm.test(secret)) return { base: `/c/${channel}/${secret}/v0.1`, token: null };
  throw new Failure(EXIT.usage, "bad-argument", safe`COUNTERSIGN_CHANNEL_SECRET is no secret of a channel's address.`);
}
