import fc from "fast-check";
import { expect, it } from "vitest";
import { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";
import { type VerifiedVersion, verifyVersion } from "#lib/resolver/catalogue/verified-version.ts";
import { Channels } from "#lib/resolver/channels/channels.ts";
import { entriesAfter } from "#lib/resolver/http/walk.ts";
import type { PlacementRecord } from "#lib/resolver/source.ts";
import { channelRow } from "#lib/resolver/testing/channels.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { makeRegistry, makeVersion, now } from "#lib/resolver/testing/registry.ts";

// Whatever finds servers quickly, a list is the same as from a walk through all of them.

const registry = makeRegistry();
const versions = ["1.0.0", "2.0.0", "9.9.9"];
const names = Array.from({ length: 8 }, (_, at) => `io.acme/s${at}`);
const signed = new Map<string, VerifiedVersion>();
for (const name of names) {
  for (const version of versions) {
    const description = `${version === "1.0.0" ? "Weather" : "Files"} in parts`;
    const row = makeVersion(registry, { name, version, description });
    signed.set(`${name} ${version}`, verifyVersion(name, row, registry));
  }
}
const channel = channelRow("team", { selection: { include: [{ tag: "a" }], exclude: [] } });

const name = fc.constantFrom(...names);
const time = fc.integer({ min: 0, max: 6 });
const change = fc.record({ name, has: fc.subarray(versions), at: time, tagged: fc.boolean(), moved: fc.option(time) });
const filter = fc.record({
  search: fc.constantFrom(null, "weather", "files", "in parts", "parts in"),
  version: fc.constantFrom(null, "latest", ...versions, "0.0.1"),
  updatedSince: fc.option(fc.integer({ min: -1, max: 6 }).map((at) => now + at)),
  includeDeleted: fc.constant(true),
});
const after = fc.option(fc.record({ name, version: fc.constantFrom("", ...versions) }));

/** One server after the other, looked up by its name. */
function naive(view: CatalogueView): CatalogueView {
  const shelvesFrom = (from: string) => names.filter((each) => each >= from).flatMap((each) => view.find(each) ?? []);
  return { find: view.find.bind(view), serversOf: () => [], shelvesFrom };
}

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** @returns the whole catalogue, and the channel told of each change. */
async function play(changes: readonly Change[]): Promise<CatalogueView[]> {
  const catalogue = new Catalogue(now);
  const access = { channels: [channel], secrets: [], tokens: [] };
  const channels = await Channels.load(catalogue, { access, placements: [] }, recordingLog());
  for (const { name: changed, has, at, tagged, moved } of changes) {
    const known = has.flatMap((version) => signed.get(`${changed} ${version}`) ?? []);
    catalogue.put(
      changed,
      known.map((facts) => ({ ...facts, updatedAt: now + at })),
    );
    const moves = moved === null ? [] : [{ channelId: channel.id, at: new Date(now + moved) }];
    const placement: PlacementRecord = { name: changed, tags: tagged ? ["a"] : [], moves };
    channels.note(changed, placement);
  }
  const view = channels.find("team")?.view;
  if (!view) throw new Error("no such channel");
  return [catalogue, view];
}

it("gives every entry that matches, in order, from any place", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 25 }), filter, after, async (changes, asked, from) => {
      for (const view of await play(changes)) {
        const question = { after: from, filter: asked, until: null };
        const listed = [...entriesAfter(view, question)].map(({ facts }) => [facts.name, facts.version]);
        const expected = [...entriesAfter(naive(view), question)].map(({ facts }) => [facts.name, facts.version]);
        expect(listed).toEqual(expected);
      }
    }),
    { numRuns: 500 },
  );
});

it.each<[string, object]>([
  ["a rare version", { version: "9.9.9" }],
  ["a version nobody has", { version: "0.0.1" }],
  ["a rare version with a frequent word", { version: "9.9.9", search: "in parts" }],
  ["a rare version changed since", { version: "9.9.9", updatedSince: now - 1 }],
  ["nothing changed since", { updatedSince: now + 5 }],
])("looks for %s at few servers, in the catalogue and in a channel", async (_case, wanted) => {
  const all = names.map((each) => ({ name: each, has: ["1.0.0"], at: 1, tagged: true, moved: 2 }));
  const rare = { name: names[5] ?? "", has: ["1.0.0", "9.9.9"], at: 4, tagged: true, moved: 2 };
  const asked = { search: null, version: null, updatedSince: null, includeDeleted: true, ...wanted };
  for (const view of await play([...all, rare])) {
    const work = { looked: 0 };
    const found = [...entriesAfter(view, { after: null, filter: asked, until: null }, work)];
    expect(work.looked).toBeLessThanOrEqual(1);
    expect(found.map(({ facts }) => facts.version)).toEqual(asked.version === "9.9.9" ? ["9.9.9"] : []);
  }
});
