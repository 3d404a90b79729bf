import { randomUUID } from "node:crypto";
import { sha256Hex } from "#lib/core/digest.ts";
import type { AccessRecord, ChannelRecord, ReaderTokenRecord, SecretRecord } from "#lib/resolver/source.ts";

export const everything = { include: [{ namespace: "*" }], exclude: [] };

/** A channel row as the product would have written it, but for what is changed. */
export function channelRow(slug: string, changes: Partial<ChannelRecord> = {}): ChannelRecord {
  const standard = { audience: "anonymous", selection: everything, serveV0: false, disabled: false, edition: 1 };
  return { id: randomUUID(), slug, ...standard, ...changes };
}

/** What every installation has: the default channel, open, showing everything. */
export function standardAccess(): AccessRecord {
  return { channels: [channelRow("default")], secrets: [], tokens: [] };
}

/** Text of the form secrets and tokens have. */
export const secretText = (fill: string) => `csc_${fill.repeat(49).slice(0, 49)}`;
export const tokenText = (fill: string) => `cst_${fill.repeat(49).slice(0, 49)}`;

export function secretRow(channel: ChannelRecord, secret: string, changes: Partial<SecretRecord> = {}): SecretRecord {
  return { id: randomUUID(), channelId: channel.id, sha256: sha256Hex(secret), expiresAt: null, ...changes };
}

export function tokenRow(
  token: string,
  channels: ChannelRecord[],
  changes: Partial<ReaderTokenRecord> = {},
): ReaderTokenRecord {
  const expiresAt = new Date("2027-01-01T00:00:00Z");
  return { id: randomUUID(), sha256: sha256Hex(token), channels: channels.map(({ id }) => id), expiresAt, ...changes };
}
