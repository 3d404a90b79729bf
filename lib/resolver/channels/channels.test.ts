import { beforeEach, describe, expect, it } from "vitest";
import { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import { verifyVersion } from "#lib/resolver/catalogue/verified-version.ts";
import { Channels } from "#lib/resolver/channels/channels.ts";
import type { ChannelsRecord, PlacementRecord } from "#lib/resolver/source.ts";
import { channelRow, everything } from "#lib/resolver/testing/channels.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { makeRegistry, makeVersion, now } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const verified = (name: string) => [verifyVersion(name, makeVersion(registry, { name, version: "1.0.0" }), registry)];
const tagged = channelRow("tagged", { selection: { include: [{ tag: "a" }], exclude: [] } });
const acme = channelRow("acme", { selection: { include: [{ namespace: "io.acme" }], exclude: [] } });
const placement = (name: string, tags: string[], ...moved: string[]): PlacementRecord => ({
  ...{ name, tags },
  moves: moved.map((channelId) => ({ channelId, at: new Date(now) })),
});

let catalogue: Catalogue;
let channels: Channels;

beforeEach(async () => {
  catalogue = new Catalogue(now);
  for (const name of ["io.acme/x", "io.acme/y", "com.other/z"]) catalogue.put(name, verified(name));
  channels = await load([placement("io.acme/x", ["a"])]);
});

const load = (placements: PlacementRecord[], rows = [tagged, acme], whole = catalogue, before?: Channels) => {
  const record: ChannelsRecord = { access: { channels: rows, secrets: [], tokens: [] }, placements };
  return Channels.load(whole, record, recordingLog(), before);
};
const viewOf = (slug: string, of = channels) => of.find(slug)?.view;
const names = (slug: string, of = channels) =>
  [...(viewOf(slug, of)?.shelvesFrom("", { includeDeleted: true }) ?? [])].map(({ name, latest }) =>
    latest ? name : `-${name}`,
  );

it("a channel that selects everything is the catalogue itself, and costs nothing", async () => {
  const open = await load([placement("io.acme/x", ["a"], acme.id)], [channelRow("default", { selection: everything })]);
  expect(viewOf("default", open)).toBe(catalogue);
});

describe("loading again", () => {
  it("keeps the views that nothing has changed of", async () => {
    const next = await load([placement("io.acme/x", ["a"])], [acme, tagged], catalogue, channels);
    expect([viewOf("acme", next), viewOf("tagged", next)]).toEqual([viewOf("acme"), viewOf("tagged")]);
    expect(viewOf("acme", next)).toBe(viewOf("acme"));
  });

  it("goes on with what is read from then on", async () => {
    const next = await load([placement("io.acme/x", ["a"])], [tagged], catalogue, channels);
    next.note("com.other/z", placement("com.other/z", ["a"], tagged.id));
    next.note("io.acme/x", placement("io.acme/x", [], tagged.id));
    expect(names("tagged", next)).toEqual(["com.other/z", "-io.acme/x"]);
  });

  it.each<[string, PlacementRecord[], string[]]>([
    ["a tag has come", [placement("io.acme/x", ["a"]), placement("io.acme/y", ["a"])], ["io.acme/x", "io.acme/y"]],
    ["a tag is another", [placement("io.acme/x", ["b"])], []],
    ["a tag is gone", [], []],
    [
      "a server left",
      [placement("io.acme/x", ["a"]), placement("io.acme/y", [], tagged.id)],
      ["io.acme/x", "-io.acme/y"],
    ],
  ])("makes them anew when %s", async (_case, placements, expected) => {
    const next = await load(placements, [tagged, acme], catalogue, channels);
    expect(names("tagged", next)).toEqual(expected);
  });

  it("makes them anew for another selection, another channel of that name, and another catalogue", async () => {
    const placements = [placement("io.acme/x", ["a"])];
    const other = { ...tagged, selection: acme.selection };
    expect(names("tagged", await load(placements, [other], catalogue, channels))).toEqual(["io.acme/x", "io.acme/y"]);
    const renamed = channelRow("acme", { selection: tagged.selection });
    expect(names("acme", await load(placements, [renamed], catalogue, channels))).toEqual(["io.acme/x"]);
    expect(names("acme", await load(placements, [acme], new Catalogue(now), channels))).toEqual([]);
  });
});
