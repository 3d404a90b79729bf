import { createChannel, listChannels, rotateSecret, tagServer } from "#lib/channels/index.ts";
import type { ChannelAudience, Selection } from "#lib/channels/view.ts";
import type { Ctx } from "#lib/core/context.ts";

type Draft = { slug: string; label: string; audience: ChannelAudience; selection: Selection };

/** Tags that channels select by, for servers the demo approved. */
const tags: Record<string, string[]> = {
  "com.microsoft/playwright-mcp": ["developer-tools"],
  "io.github.github/github-mcp-server": ["developer-tools"],
  "io.github.upstash/context7": ["developer-tools"],
  "io.sentry/sentry-mcp": ["developer-tools", "customer-data"],
};

const engineering: Draft = {
  slug: "engineering",
  label: "Engineering",
  audience: "token",
  selection: { include: [{ tag: "developer-tools" }], exclude: [{ tag: "customer-data" }] },
};

const partners: Draft = {
  slug: "partners",
  label: "Partners",
  audience: "capability",
  selection: { include: [{ namespace: "app.linear" }, { server: "io.github.upstash/context7" }], exclude: [] },
};

/** A channel with the address clients use. */
export type DemoChannel = { label: string; address: string; readers: string };

/**
 * Makes the demo's channels beside the default one, as an administrator would, the first time with the tags they select
 * by. What was changed in them since stays; the address with a secret is new at each start, and earlier ones have ended.
 */
export async function ensureChannels(admin: Ctx): Promise<DemoChannel[]> {
  const known = new Set((await listChannels(admin)).map(({ slug }) => slug));
  if (!known.has(engineering.slug)) {
    for (const [name, given] of Object.entries(tags)) await tagServer(admin, { name, tags: given });
    await createChannel(admin, engineering);
  }
  const { slug } = partners;
  const made = known.has(slug)
    ? await rotateSecret(admin, { slug, overlapHours: 0 })
    : await createChannel(admin, partners);
  const listed = (await listChannels(admin)).filter(({ disabledAt }) => disabledAt === null);
  return listed.flatMap(({ label, audience, address, ...channel }) => {
    const given = channel.slug === slug ? made.address : address;
    return given === null ? [] : [{ label, address: given, readers: describeReaders(audience) }];
  });
}

function describeReaders(audience: ChannelAudience): string {
  if (audience === "token") return "whoever has a token for it: make one under Tokens";
  return audience === "anonymous" ? "everybody" : "whoever has this address";
}
