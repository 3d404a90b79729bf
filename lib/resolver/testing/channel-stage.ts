import type { ChannelRecord } from "#lib/resolver/source.ts";
import { channelRow, secretRow, secretText, tokenRow, tokenText } from "#lib/resolver/testing/channels.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import type { Answer } from "#lib/resolver/testing/plane.ts";
import { makeVersion, type TestRegistry } from "#lib/resolver/testing/registry.ts";

export const inside = "io.acme/inside";
export const outside = "com.other/outside";

const acme = { include: [{ namespace: "io.acme" }], exclude: [] };

/** Channels of each audience that show `inside` and never `outside`. */
export const rows = {
  standard: channelRow("default"),
  open: channelRow("open", { selection: acme }),
  sealed: channelRow("sealed", { selection: acme, audience: "capability" }),
  other: channelRow("other", { selection: acme, audience: "capability" }),
  team: channelRow("team", { selection: acme, audience: "token" }),
  peers: channelRow("peers", { selection: acme, audience: "token" }),
} satisfies Record<string, ChannelRecord>;

export const secrets = {
  sealed: secretText("s"),
  expired: secretText("e"),
  revoked: secretText("r"),
  other: secretText("o"),
};
export const tokens = {
  team: tokenText("t"),
  peers: tokenText("p"),
  /** Valid, for other things than reading. */
  publishing: tokenText("w"),
  expired: tokenText("x"),
  revoked: tokenText("v"),
};

/** What only a revoked row would hold is simply not there, as the source leaves it out. */
export function makeStage(registry: TestRegistry): MemorySource {
  const source = new MemorySource();
  for (const name of [inside, outside]) source.set(name, makeVersion(registry, { name, version: "1.0.0" }));
  const ended = new Date("2026-06-01T12:00:00.000Z");
  source.access = {
    channels: Object.values(rows),
    secrets: [
      secretRow(rows.sealed, secrets.sealed),
      secretRow(rows.sealed, secrets.expired, { expiresAt: ended }),
      secretRow(rows.other, secrets.other),
    ],
    tokens: [
      tokenRow(tokens.team, [rows.team]),
      tokenRow(tokens.peers, [rows.peers]),
      tokenRow(tokens.publishing, []),
      tokenRow(tokens.expired, [rows.team], { expiresAt: ended }),
    ],
  };
  return source;
}

export const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** Everything of an answer that a caller could tell from another. */
export function traceOf({ status, headers, body }: Answer) {
  const text = body.toString().replace(/"requestId":"[^"]*"/, "");
  return { status, headers: { ...headers, date: "" }, text };
}
