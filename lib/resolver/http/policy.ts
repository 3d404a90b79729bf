import type { Audience } from "#lib/resolver/channels/channel.ts";
import type { Reply } from "#lib/resolver/http/reply.ts";
import type { Route } from "#lib/resolver/http/routes.ts";

/** Who may keep an answer, and for how long. */
export type Policy = {
  /** What may change at any moment is asked for again each time, which costs a 304. */
  mutable: string;
  /** Bytes named by their digest never change; that they are shown may. */
  byDigest: string;
  /** Request headers on which any answer depends, errors too. */
  vary: string | null;
};

const open: Policy = { mutable: "public, no-cache", byDigest: "public, max-age=31536000, immutable", vary: null };
const closed: Policy = { mutable: "private, no-cache", byDigest: "private, no-cache", vary: null };

/** Before it is known whom an answer is for. */
export const strictPolicy: Policy = closed;
/** Our own pages see what the channel at the same address may not show. */
export const insidePolicy: Policy = closed;

export const policies: Record<Audience, Policy> = {
  anonymous: open,
  capability: closed,
  token: { ...closed, vary: "Authorization" },
};

/** The reply with the headers its readers call for; what says itself how long it may be kept stays so. */
export function dress(reply: Reply, { mutable, byDigest, vary }: Policy, route?: Route): Reply {
  const cacheControl = reply.cacheControl ?? (route?.kind === "blob" ? byDigest : mutable);
  return { ...reply, cacheControl, ...(vary ? { vary } : {}) };
}
