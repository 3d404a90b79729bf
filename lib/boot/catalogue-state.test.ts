import { afterEach, expect, it, vi } from "vitest";
import { describeCatalogue } from "#lib/boot/catalogue-state.ts";
import { metrics, toExposition } from "#lib/metrics/index.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, makeVersion, now } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const name = "io.acme/weather";
const version = (text: string) => makeVersion(registry, { name, version: text });
let plane: TestPlane;

afterEach(() => plane.close());

async function open(source: MemorySource): Promise<TestPlane> {
  plane = await listenPlane({ registry, source, countMs: 3_600_000 });
  return plane;
}

const described = () => toExposition(describeCatalogue(plane.health()));
const numberOf = (text: string, metric: string) => Number(text.match(new RegExp(`^${metric} (.*)$`, "m"))?.[1]);
const lags = async () => toExposition(await metrics().families());
const countOfLags = async () => numberOf(await lags(), "countersign_follow_lag_seconds_count") || 0;

it("says of a catalogue that is not loaded that it is not, and nothing of a loading", async () => {
  await open(new MemorySource());
  expect(described()).toMatch(/^countersign_catalogue_ready 0$/m);
  expect(described()).toMatch(
    /^# TYPE countersign_catalogue_loads_total counter\ncountersign_catalogue_loads_total 0$/m,
  );
  expect(described()).not.toMatch(/countersign_catalogue_(load_|age|ledger)/);
});

it("says what the last loading of everything took and brought", async () => {
  const source = new MemorySource().set(name, version("1.0.0"), version("2.0.0")).set("io.acme/other");
  source.append(name);
  await (await open(source)).start();
  const text = described();
  expect(numberOf(text, "countersign_catalogue_load_seconds")).toBeGreaterThan(0);
  const loaded = ["load_servers", "load_versions", "loads_total"].map((of) =>
    numberOf(text, `countersign_catalogue_${of}`),
  );
  expect(loaded).toEqual([1, 2, 1]);
  source.set(name, version("1.0.0")).append(null, "registry-key.rotate");
  await vi.waitFor(() => expect(plane.health().loads).toBe(2), { timeout: 5_000 });
  expect(numberOf(described(), "countersign_catalogue_load_versions")).toBe(1);
});

it("says how far behind each entry was followed, once", async () => {
  const source = new MemorySource().set(name, version("1.0.0"));
  await (await open(source)).start();
  const before = [await countOfLags(), numberOf(await lags(), "countersign_follow_lag_seconds_sum") || 0] as const;
  plane.setClock(now + 3_000);
  for (const _ of [1, 2]) source.append(name);
  await vi.waitFor(() => expect(plane.health().ledgerSeq).toBe(2n), { timeout: 5_000 });
  expect((await countOfLags()) - before[0]).toBe(2);
  const seconds = numberOf(await lags(), "countersign_follow_lag_seconds_sum") - before[1];
  expect(seconds).toBeCloseTo(6 - 0.003, 6);
});

it("says what of the counts is not written", async () => {
  const source = new MemorySource().set(name, version("1.0.0"));
  await (await open(source)).start();
  await plane.ask(`/v0.1/servers/${encodeURIComponent(name)}/versions/latest`);
  expect(numberOf(described(), "countersign_resolution_counts_unwritten")).toBe(1);
  expect(described()).toMatch(
    /^# TYPE countersign_resolutions_lost_total counter\ncountersign_resolutions_lost_total 0$/m,
  );
});
