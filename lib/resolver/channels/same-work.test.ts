import { expect, it, vi } from "vitest";
import { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import { verifyVersion } from "#lib/resolver/catalogue/verified-version.ts";
import { Channels } from "#lib/resolver/channels/channels.ts";
import { channelRow } from "#lib/resolver/testing/channels.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { makeRegistry, makeVersion, now } from "#lib/resolver/testing/registry.ts";

// What a channel never showed must not be told by how long it takes to say that nothing is there, so no work is done for
// it: no server of another namespace is found by its name or by its words.

const registry = makeRegistry();
const channel = channelRow("team", { selection: { include: [{ namespace: "io.acme" }], exclude: [] } });

function put(catalogue: Catalogue, name: string, description: string): void {
  catalogue.put(name, [verifyVersion(name, makeVersion(registry, { name, version: "1.0.0", description }), registry)]);
}

async function load() {
  const catalogue = new Catalogue(now);
  put(catalogue, "io.acme/weather", "Forecasts for everybody");
  for (let at = 0; at < 20; at++) put(catalogue, `com.other/falcon-${at}`, "Forecasts nobody should know of");
  const access = { channels: [channel], secrets: [], tokens: [] };
  const channels = await Channels.load(catalogue, { access, placements: [] }, recordingLog());
  const view = channels.find("team")?.view;
  if (!view) throw new Error("no such channel");
  return { catalogue, channels, view };
}

it.each([
  ["falcon", []],
  ["nobody should know", []],
  ["forecasts", ["io.acme/weather"]],
])("searching for “%s” looks at what is shown alone", async (search, expected) => {
  const { catalogue, channels, view } = await load();
  put(catalogue, "com.other/falcon-late", "Forecasts that came later");
  channels.note("com.other/falcon-late", null);
  const asked = vi.spyOn(catalogue, "withText");
  expect([...view.shelvesFrom("", { search })].map(({ name }) => name)).toEqual(expected);
  expect(asked.mock.results.map(({ value }) => value.keys())).toEqual([expected]);
});

it("a server that takes the place of one that was shown is looked at no more than others", async () => {
  const { catalogue, channels, view } = await load();
  catalogue.put("io.acme/weather", []);
  channels.note("io.acme/weather", null);
  put(catalogue, "com.other/heir", "Falcons");
  channels.note("com.other/heir", null);
  const asked = vi.spyOn(catalogue, "withText");
  expect([...view.shelvesFrom("", { search: "falcons" })]).toEqual([]);
  expect(asked.mock.results.map(({ value }) => value.count)).toEqual([0]);
});

it("the catalogue is not asked for a name the channel does not have", async () => {
  const { catalogue, view } = await load();
  const asked = vi.spyOn(catalogue, "find");
  expect([view.find("com.other/falcon-1"), view.find("com.other/never")]).toEqual([null, null]);
  expect(asked).not.toHaveBeenCalled();
  expect(view.find("io.acme/weather")?.name).toBe("io.acme/weather");
});
