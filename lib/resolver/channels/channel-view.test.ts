import fc from "fast-check";
import { expect, it } from "vitest";
import { type Selection, toSelector } from "#lib/channels/selection.ts";
import { digestOf } from "#lib/core/digest.ts";
import { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { CatalogueView } from "#lib/resolver/catalogue/catalogue-view.ts";
import type { Shelf } from "#lib/resolver/catalogue/shelf.ts";
import { verifyVersion } from "#lib/resolver/catalogue/verified-version.ts";
import { Channels } from "#lib/resolver/channels/channels.ts";
import type { PlacementRecord } from "#lib/resolver/source.ts";
import { channelRow } from "#lib/resolver/testing/channels.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { makeRegistry, makeVersion, manifestBytes, now, trustRootBytes } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const names = Array.from({ length: 12 }, (_, at) => `${at % 3 === 0 ? "com.other" : "io.acme"}/server-${at}`);
const descriptionOf = (name: string) => (name.endsWith("1") ? "Weather" : "Files");
const facts = new Map(
  names.map((name) => {
    const row = makeVersion(registry, { name, version: "1.0.0", description: descriptionOf(name) });
    return [name, verifyVersion(name, row, registry)];
  }),
);

const selection: fc.Arbitrary<Selection> = fc.constantFrom<Selection>(
  { include: [{ namespace: "*" }], exclude: [] },
  { include: [{ namespace: "io.acme" }], exclude: [{ tag: "a" }] },
  { include: [{ tag: "a" }], exclude: [] },
  { include: [{ namespace: "*" }], exclude: [{ namespace: "io.acme" }] },
  { include: [], exclude: [] },
);
const name = fc.constantFrom(...names);
const step = fc.record({ name, put: fc.boolean(), tagged: fc.boolean(), moved: fc.boolean() });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const stateOf = (shelf: Shelf | null | undefined) => shelf?.entries[0]?.status ?? null;

/** A catalogue that changes step by step, with one channel that is loaded at some point and then told of each change. */
class World {
  readonly catalogue = new Catalogue(now);
  readonly placements = new Map<string, PlacementRecord>();
  readonly #access: { channels: ReturnType<typeof channelRow>[]; secrets: []; tokens: [] };
  #channels: Channels | null = null;

  constructor(chosen: Selection) {
    this.#access = { channels: [channelRow("team", { selection: chosen })], secrets: [], tokens: [] };
  }

  async load(): Promise<void> {
    const record = { access: this.#access, placements: [...this.placements.values()] };
    this.#channels ??= await Channels.load(this.catalogue, record, recordingLog());
  }

  change({ name: changed, put, tagged, moved }: Step): void {
    const known = facts.get(changed);
    this.catalogue.put(changed, put && known ? [known] : []);
    const [channelId = ""] = this.#access.channels.map(({ id }) => id);
    const moves = moved ? [{ channelId, at: new Date(now) }] : [];
    const placement = { name: changed, tags: tagged ? ["a"] : [], moves };
    this.placements.set(changed, placement);
    this.#channels?.note(changed, placement);
  }

  get view(): CatalogueView {
    const view = this.#channels?.find("team")?.view;
    if (!view) throw new Error("not loaded");
    return view;
  }
}

async function playWorld(chosen: Selection, steps: readonly Step[], loadAt: number): Promise<World> {
  const world = new World(chosen);
  for (const [at, each] of steps.entries()) {
    if (at === loadAt) await world.load();
    world.change(each);
  }
  await world.load();
  return world;
}

it("shows exactly the selected servers and those that left, in order, whatever changes one by one", async () => {
  await fc.assert(
    fc.asyncProperty(
      selection,
      fc.array(step, { maxLength: 30 }),
      fc.nat(30),
      name,
      async (chosen, steps, at, from) => {
        const { view, catalogue, placements } = await playWorld(chosen, steps, at);
        const isSelected = toSelector(chosen);
        const present = names.filter((each) => catalogue.find(each)).sort();
        const shown = present.filter((each) => isSelected({ name: each, tags: placements.get(each)?.tags ?? [] }));
        const withGone = present.filter((each) => shown.includes(each) || placements.get(each)?.moves.length);
        const list = (from: string, search: string | null, includeDeleted: boolean) =>
          [...view.shelvesFrom(from, { search, includeDeleted })].map((shelf) => shelf.name);
        const isWeather = (each: string) => descriptionOf(each) === "Weather";
        expect(list("", null, false)).toEqual(shown);
        expect(list(from, null, false)).toEqual(shown.filter((each) => each >= from));
        expect(list("", null, true)).toEqual(withGone);
        expect(list(from, "weather", true)).toEqual(withGone.filter((each) => each >= from && isWeather(each)));
        expect(list("", "weather", false)).toEqual(shown.filter(isWeather));
        expect([...view.serversOf("trusted-root", digestOf(trustRootBytes))].sort()).toEqual(withGone);
        for (const each of names) {
          const digest = digestOf(manifestBytes({ name: each, version: "1.0.0", description: descriptionOf(each) }));
          expect([...view.serversOf("manifest", digest)]).toEqual(withGone.includes(each) ? [each] : []);
          const expected = shown.includes(each) ? "active" : "deleted";
          expect(stateOf(view.find(each))).toBe(withGone.includes(each) ? expected : null);
        }
      },
    ),
    { numRuns: 200 },
  );
});
