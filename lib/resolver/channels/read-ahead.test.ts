import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ChannelRecord } from "#lib/resolver/source.ts";
import { bearer, inside, makeStage, outside, rows, tokens } from "#lib/resolver/testing/channel-stage.ts";
import { channelRow, everything, tokenRow } from "#lib/resolver/testing/channels.ts";
import type { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry } from "#lib/resolver/testing/registry.ts";

// Rows are read as of now, so they may be ahead of the entry that is being followed.
const registry = makeRegistry();
const wide = { ...rows.team, selection: everything };
let source: MemorySource;
let plane: TestPlane;

beforeEach(async () => {
  source = makeStage(registry);
  setChannel(wide);
  source.placements.set(outside, { name: outside, tags: ["public"], moves: [] });
  plane = await listenPlane({ registry, source });
  await plane.start();
});
afterEach(() => plane.close());

function setChannel(row: ChannelRecord): void {
  source.access.channels = [...source.access.channels.filter(({ slug }) => slug !== row.slug), row];
}

async function list(slug: string, options: object = {}): Promise<string[] | number> {
  const { status, json } = await plane.ask(`/c/${slug}/v0.1/servers`, options);
  if (status !== 200) return status;
  return json<{ servers: { server: { name: string } }[] }>().servers.map(({ server }) => server.name);
}

/** Says something about tokens alone, and waits until it was read. */
async function announce(slug: string, options: object, before: unknown): Promise<string[] | number> {
  source.append(null, "token.create");
  source.notify();
  return vi.waitFor(
    async () => {
      const listed = await list(slug, options);
      expect(listed).not.toEqual(before);
      return listed;
    },
    { timeout: 3000, interval: 1 },
  );
}

it("never shows to a new audience what was selected for the old one", async () => {
  expect(await list("team", bearer(tokens.team))).toEqual([outside, inside]);
  setChannel({ ...wide, audience: "anonymous", selection: rows.team.selection });
  expect(await announce("team", {}, 401)).toEqual([inside]);
});

it("shows in a new channel no server by a tag that it has lost", async () => {
  setChannel(channelRow("new", { selection: { include: [{ tag: "public" }], exclude: [] } }));
  source.placements.delete(outside);
  expect(await announce("new", {}, 404)).toEqual([]);
});

it.each([
  ["for others", { audience: "token" }, { audience: "anonymous" }, 401],
  ["enabled again", { disabled: true }, { disabled: false }, 404],
])("never shows in a channel that has become %s what a server has lost since", async (_case, before, after, closed) => {
  const tagged = channelRow("tagged", { selection: { include: [{ tag: "public" }], exclude: [] } });
  setChannel({ ...tagged, ...before });
  source.append(null, "channel.create");
  source.notify();
  await vi.waitFor(async () => expect(await list("tagged")).toBe(closed), { timeout: 3000, interval: 1 });
  setChannel({ ...tagged, ...after });
  source.placements.delete(outside);
  expect(await announce("tagged", {}, closed)).toEqual([]);
});

it("never shows by a tag what the channel had stopped selecting when the tag was given", async () => {
  const tagged = channelRow("tagged", { selection: { include: [{ tag: "late" }], exclude: [] } });
  setChannel(tagged);
  source.append(null, "channel.create");
  source.notify();
  await vi.waitFor(async () => expect(await list("tagged")).toEqual([]), { timeout: 3000, interval: 1 });
  setChannel({ ...tagged, selection: { include: [], exclude: [] }, edition: 2 });
  source.placements.set(outside, { name: outside, tags: ["late"], moves: [] });
  const loads = vi.spyOn(source, "loadChannels");
  source.append(outside);
  source.notify();
  await vi.waitFor(() => expect(plane.health().ledgerSeq).toBe(2n), { timeout: 3000, interval: 1 });
  expect(await list("tagged")).toEqual([]);
  expect(loads).toHaveBeenCalledOnce();
});

it("goes on with what it shows when nothing but readers changed", async () => {
  source.access.tokens.push(tokenRow(tokens.revoked, [rows.team]));
  const loads = vi.spyOn(source, "loadChannels");
  expect(await announce("team", bearer(tokens.revoked), 401)).toEqual([outside, inside]);
  expect(loads).not.toHaveBeenCalled();
});
