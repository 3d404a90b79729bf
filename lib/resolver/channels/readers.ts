import { sha256Hex } from "#lib/core/digest.ts";
import type { AccessRecord } from "#lib/resolver/source.ts";

/** Who reads a channel, as far as can be told. One object per reader for as long as the credentials stay as they are. */
export type Reader = {
  /** `token:<id>`, `secret:<id>`, or "" for whoever needs none. */
  label: string;
  /** Milliseconds since the epoch; Infinity for never. */
  expiresAt: number;
};

type Holder = Reader & { channels: readonly string[] };

export const anonymousReader: Reader = { label: "", expiresAt: Infinity };

const secretForm = /^csc_[0-9A-Za-z]{49}$/;
const tokenForm = /^cst_[0-9A-Za-z]{49}$/;

/** Secrets and tokens by their hashes: what is presented is hashed and looked up, so no comparison takes longer or shorter. */
export class Readers {
  readonly #secrets = new Map<string, Holder>();
  readonly #tokens = new Map<string, Holder>();

  constructor({ secrets, tokens }: Pick<AccessRecord, "secrets" | "tokens">) {
    for (const { id, channelId, sha256, expiresAt } of secrets) {
      const ends = expiresAt === null ? Infinity : toTime(expiresAt);
      this.#secrets.set(sha256, { label: `secret:${id}`, channels: [channelId], expiresAt: ends });
    }
    for (const { id, sha256, channels, expiresAt } of tokens) {
      this.#tokens.set(sha256, { label: `token:${id}`, channels, expiresAt: toTime(expiresAt) });
    }
  }

  /** @returns null for a secret that is unknown, expired or another channel's. */
  findBySecret(secret: string, channelId: string, now: number): Reader | null {
    const found = secretForm.test(secret) ? this.#secrets.get(sha256Hex(secret)) : undefined;
    return found && found.expiresAt > now && found.channels.includes(channelId) ? found : null;
  }

  /** @returns null for a token that is unknown or expired; `admitted` says whether it may read this channel. */
  findByToken(token: string, channelId: string, now: number): { reader: Reader; admitted: boolean } | null {
    const found = tokenForm.test(token) ? this.#tokens.get(sha256Hex(token)) : undefined;
    if (!found || !(found.expiresAt > now)) return null;
    return { reader: found, admitted: found.channels.includes(channelId) };
  }
}

/** A time that makes no sense has passed. */
function toTime(time: Date): number {
  const value = time instanceof Date ? time.getTime() : Number.NaN;
  return Number.isNaN(value) ? -Infinity : value;
}
