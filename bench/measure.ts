import { type ChildProcess, fork } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeRegistry } from "#lib/resolver/testing/registry.ts";
import { encodeKeySet } from "#lib/signing/index.ts";
import type { Given } from "./bare.ts";
import { catalogueTime, writeCatalogue } from "./catalogue-file.ts";
import { type CompareOptions, compare, warmUp } from "./compare.ts";
import { pinTo } from "./cores.ts";
import { LoadGenerator } from "./load.ts";
import type { ScenarioResult, SizeResult } from "./report.ts";
import type { ResolverReady } from "./resolver.ts";
import { hear, readUsage, startResolver } from "./resolver-process.ts";
import { makeScenarios, type Scenario } from "./scenarios.ts";

export type MeasureOptions = Omit<CompareOptions, "peer"> & {
  connections: number;
  /** Base address of another registry to measure in the same run. */
  peer: string | null;
  say: (text: string) => void;
};
/** A catalogue of so many versions, and the keys that countersigned them. */
export type CatalogueFiles = { versions: number; catalogue: string; keySetFile: string };

/** After so long V8 has given back what the threads that verified had. */
export const settleMs = 12_000;
/** From so many on, threads verify. */
const manyVersions = 5000;

/** Makes a catalogue, truly signed, in files of its own. */
export function makeCatalogue(versions: number, folder: string, say: (text: string) => void): CatalogueFiles {
  const catalogue = path.join(folder, `catalogue-${versions}`);
  const keySetFile = path.join(folder, `key-set-${versions}.json`);
  const registry = makeRegistry();
  writeFileSync(keySetFile, encodeKeySet(registry.keySet, registry.registryId));
  say(`${versions} versions: signing …`);
  writeCatalogue(catalogue, registry, versions, () => {});
  return { versions, catalogue, keySetFile };
}

/** Loads a catalogue into a process of its own and measures every scenario. */
export async function measureSize(files: CatalogueFiles, options: MeasureOptions): Promise<SizeResult> {
  const { say, connections } = options;
  const { versions, catalogue, keySetFile } = files;
  say(`${versions} versions: loading and verifying ${(statSync(catalogue).size / 1e6).toFixed(0)} MB …`);
  const ours = startResolver({ from: { catalogue }, keySetFile, now: catalogueTime });
  const loaded = await hear<ResolverReady>(ours);
  if (loaded.droppedRows > 0) throw new Error(`${loaded.droppedRows} rows failed verification`);
  const bare = fork(new URL("bare.ts", import.meta.url), { serialization: "advanced" });
  const { port } = await hear<{ port: number }>(bare);
  try {
    if (versions >= manyVersions) await sleep(settleMs);
    const { rssBytes: rssSettledBytes } = await readUsage(ours);
    for (const { pid } of [ours, bare]) pinTo("server", pid);
    pinTo("load");
    const servers = {
      ours: { child: ours, load: new LoadGenerator(loaded.port, connections) },
      bare: { child: bare, load: new LoadGenerator(port, connections) },
    };
    const peer = options.peer ? generatorFor(new URL(options.peer), connections) : null;
    const base = `http://127.0.0.1:${loaded.port}`;
    const scenarios: ScenarioResult[] = [];
    for (const [at, scenario] of (await makeScenarios(base)).entries()) {
      await giveBytes(bare, base, scenario);
      if (at === 0) await warmUp(scenario, Object.values(servers));
      const result = await compare(scenario, servers, { ...options, peer });
      say(`  ${scenario.name.padEnd(24)} ${result.ours.requestsPerSecond.toFixed(0).padStart(7)}/s`);
      scenarios.push(result);
    }
    const { rssBytes: rssAfterBytes } = await readUsage(ours);
    return { versions, ...loaded, rssSettledBytes, rssAfterBytes, scenarios };
  } finally {
    ours.kill();
    bare.kill();
  }
}

const generatorFor = ({ port, hostname }: URL, connections: number) =>
  new LoadGenerator(Number(port || 80), connections, hostname);

/** Hands the bare server exactly what ours answers, but what Node itself adds to each answer. */
async function giveBytes(bare: ChildProcess, base: string, { urls, headers = [] }: Scenario): Promise<void> {
  const given = Object.fromEntries(headers.map((line) => line.split(": ") as [string, string]));
  const answers = await Promise.all(
    urls.map(async (url) => {
      const response = await fetch(base + url, { headers: { ...given, "accept-encoding": "identity" } });
      const body = new Uint8Array(await response.arrayBuffer());
      return [url, { status: response.status, headers: toOwnHeaders(response.headers), body }] as [string, Given];
    }),
  );
  bare.send(answers);
  await hear(bare);
}

const addedByNode = ["connection", "date", "keep-alive"];

function toOwnHeaders(headers: Headers): string[] {
  return [...headers].flatMap(([name, value]) => (addedByNode.includes(name) ? [] : [name, value]));
}
