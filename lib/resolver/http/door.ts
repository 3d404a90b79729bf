import type { IncomingMessage } from "node:http";
import { DomainError } from "#lib/core/errors.ts";
import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";
import { defaultSlug } from "#lib/resolver/channels/channel.ts";
import type { Channels, OpenChannel } from "#lib/resolver/channels/channels.ts";
import { anonymousReader, type Reader } from "#lib/resolver/channels/readers.ts";
import { type Address, toMetadataPath } from "#lib/resolver/http/address.ts";
import { ChallengeError } from "#lib/resolver/http/challenge.ts";
import { insidePolicy, type Policy, policies, strictPolicy } from "#lib/resolver/http/policy.ts";
import { endpointNotFound, notReady } from "#lib/resolver/http/refusals.ts";

/** What stands behind an address. */
export type Door =
  /** The default channel's address while the channel is not there: probes alone are answered. */
  | { kind: "probes"; policy: Policy; refusal: () => DomainError }
  /** Our own pages, which see everything. */
  | { kind: "inside"; policy: Policy }
  | { kind: "channel"; policy: Policy; channel: OpenChannel; secret: Reader | null; pages: boolean };

export type PagesFor = "member" | "visitor";

export type DoorOptions = {
  registryId: string;
  /** Null before the first load. */
  channels: () => Channels | null;
  /** Whether anonymous channels answer at all. */
  anonymous: boolean;
  /** For whom our own pages ask: somebody of ours, or a visitor who sees what anybody does. Null for everyone else. */
  pagesFor: (request: IncomingMessage) => PagesFor | null;
};

/**
 * Finds what stands behind an address. A channel that is unknown or disabled, and a capability address whose secret is
 * missing, wrong, expired, revoked or another channel's, are all the same.
 * @param now milliseconds since the epoch.
 * @throws DomainError `not-found` for all of these; `unavailable` before channels are known.
 */
export function findDoor(options: DoorOptions, request: IncomingMessage, address: Address, now: number): Door {
  const isDefault = address.slug === defaultSlug;
  const pages = isDefault && address.version === "v0.1" ? options.pagesFor(request) : null;
  if (pages === "member") return { kind: "inside", policy: insidePolicy };
  const channels = options.channels();
  const found = channels && openChannel(channels, address, now);
  if (found) return { kind: "channel", policy: policies[found.channel.audience], pages: pages !== null, ...found };
  const refusal = channels ? endpointNotFound : notReady;
  if (!isDefault || address.version !== "v0.1") throw refusal();
  return { kind: "probes", policy: strictPolicy, refusal };
}

function openChannel(channels: Channels, { slug, secret, version }: Address, now: number) {
  const channel = channels.find(slug);
  // Asked whether or not there is such a channel, so that the answer takes as long.
  const reader = secret === null ? null : channels.readers.findBySecret(secret, channel?.id ?? "", now);
  if (!channel || channel.disabled || (version === "v0" && !channel.serveV0)) return null;
  if (channel.audience === "capability") return reader && { channel, secret: reader };
  return secret === null ? { channel, secret: null } : null;
}

export type Visitor = {
  request: Pick<IncomingMessage, "headers">;
  address: Address;
  door: Door;
  /** Milliseconds since the epoch. */
  now: number;
};

/**
 * Lets a request in: the one place where it is known who reads which channel.
 * @returns null for our own pages.
 * @throws DomainError `forbidden` where anonymous reading is switched off or a valid token may not read this channel;
 *   `unauthenticated` for a token that is missing, unknown or expired; what a door without channel refuses with.
 */
export function admit(options: DoorOptions, visitor: Visitor): Reader | null {
  const { door } = visitor;
  if (door.kind === "probes") throw door.refusal();
  if (door.kind === "inside") return null;
  if (door.secret) return door.secret;
  if (door.channel.audience === "token") return admitToken(options, visitor, door.channel);
  if (!options.anonymous) throw readingClosed();
  return anonymousReader;
}

function admitToken(options: DoorOptions, { request, address, now }: Visitor, channel: OpenChannel): Reader {
  const metadata = options.registryId + toMetadataPath(address);
  const given = request.headers.authorization ?? "";
  // Credentials of another scheme are none (RFC 6750 3.1).
  if (!/^bearer(?:\s|$)/i.test(given)) {
    throw new ChallengeError("unauthenticated", "This channel is read with a token.", metadata);
  }
  const token = /^bearer +([^\s]+) *$/i.exec(given)?.[1] ?? "";
  const found = options.channels()?.readers.findByToken(token, channel.id, now);
  if (!found) {
    throw new ChallengeError("unauthenticated", "The token is unknown, expired or revoked.", metadata, "invalid_token");
  }
  if (found.admitted) return found.reader;
  // The same whether it is for other channels or for none: that this one exists, 401 says to anybody.
  const detail = "The token may not read this channel: it must have the scope resolve, for this channel.";
  throw new ChallengeError("forbidden", detail, metadata, "insufficient_scope");
}

/** Whether our own pages ask: they stand for many readers, and what they show is resolved by nobody. */
export function isForPages(door: Door): boolean {
  return door.kind === "inside" || (door.kind === "channel" && door.pages);
}

/** What is seen through a door. @param whole the catalogue as of now. */
export function viewThrough(door: Door, whole: CatalogueView): CatalogueView {
  return door.kind === "channel" ? door.channel.view : whole;
}

function readingClosed(): DomainError {
  return new DomainError("forbidden", "This registry does not answer anonymous readers.");
}
