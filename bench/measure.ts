import { type ChildProcess, fork } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeRegistry } from "#lib/resolver/testing/registry.ts";
import { encodeKeySet } from "#lib/signing/index.ts";
import { catalogueTime, writeCatalogue } from "./catalogue-file.ts";
import { type Load, runLoad } from "./load.ts";
import type { ScenarioResult, SizeResult } from "./report.ts";
import type { ResolverReady } from "./resolver.ts";
import { hear, startResolver } from "./resolver-process.ts";
import { makeScenarios, type Scenario } from "./scenarios.ts";

export type MeasureOptions = {
  folder: string;
  connections: number;
  rounds: number;
  roundMs: number;
  /** Base address of another registry to measure in the same run. */
  peer: string | null;
  say: (text: string) => void;
};

/** After so long V8 has given back what the threads that verified had. */
const settleMs = 12_000;
/** From so many on, threads verify. */
const manyVersions = 5000;

/** Makes a catalogue of that many versions, loads it into a process of its own, and measures every scenario. */
export async function measureSize(versions: number, options: MeasureOptions): Promise<SizeResult> {
  const { folder, say } = options;
  const file = path.join(folder, "catalogue");
  const keySetFile = path.join(folder, "key-set.json");
  const registry = makeRegistry();
  writeFileSync(keySetFile, encodeKeySet(registry.keySet, registry.registryId));
  say(`${versions} versions: signing …`);
  writeCatalogue(file, registry, versions, () => {});
  say(`${versions} versions: loading and verifying ${(statSync(file).size / 1e6).toFixed(0)} MB …`);
  const ours = startResolver({ from: { catalogue: file }, keySetFile, now: catalogueTime });
  const loaded = await hear<ResolverReady>(ours);
  if (loaded.droppedRows > 0) throw new Error(`${loaded.droppedRows} rows failed verification`);
  const bare = fork(new URL("bare.ts", import.meta.url), { serialization: "advanced" });
  const { port } = await hear<{ port: number }>(bare);
  const resident = async () => {
    ours.send("rss");
    return (await hear<{ rssBytes: number }>(ours)).rssBytes;
  };
  try {
    if (versions >= manyVersions) await sleep(settleMs);
    const rssSettledBytes = await resident();
    const base = `http://127.0.0.1:${loaded.port}`;
    const scenarios: ScenarioResult[] = [];
    for (const scenario of await makeScenarios(base)) {
      await giveBytes(bare, base, scenario);
      const result = await compare(scenario, { ours: loaded.port, bare: port }, options);
      say(`  ${scenario.name.padEnd(24)} ${result.ours.requestsPerSecond.toFixed(0).padStart(7)}/s`);
      scenarios.push(result);
    }
    return { versions, ...loaded, rssSettledBytes, rssAfterBytes: await resident(), scenarios };
  } finally {
    ours.kill();
    bare.kill();
  }
}

/** Hands the bare server exactly what ours answers. */
async function giveBytes(bare: ChildProcess, base: string, { urls, headers = [] }: Scenario): Promise<void> {
  const given = Object.fromEntries(headers.map((line) => line.split(": ") as [string, string]));
  const asked = await Promise.all(
    urls.map(async (url) => {
      const response = await fetch(base + url, { headers: { ...given, "accept-encoding": "identity" } });
      return { status: response.status, body: [url, new Uint8Array(await response.arrayBuffer())] as const };
    }),
  );
  bare.send({ bodies: asked.map(({ body }) => body), status: asked[0]?.status ?? 200 });
  await hear(bare);
}

async function compare(
  { name, urls, headers, unique }: Scenario,
  ports: { ours: number; bare: number },
  { connections, rounds, roundMs, peer }: MeasureOptions,
): Promise<ScenarioResult> {
  const run = (port: number, host?: string, forMs = roundMs) =>
    runLoad({ port, host, urls, headers, unique, connections, forMs });
  const loads = { ours: [] as Load[], bare: [] as Load[], peer: [] as Load[] };
  for (const port of Object.values(ports)) await run(port, undefined, 300);
  for (let round = 0; round < rounds; round++) {
    loads.ours.push(await run(ports.ours));
    loads.bare.push(await run(ports.bare));
    if (peer) loads.peer.push(await run(Number(new URL(peer).port || 80), new URL(peer).hostname));
  }
  // Of each round by itself: what else the machine does changes from second to second.
  const ratios = loads.ours.map((load, at) => load.requestsPerSecond / (loads.bare[at]?.requestsPerSecond ?? 1));
  const ratio = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
  const peerLoad = peer ? { peer: median(loads.peer) } : {};
  return { name, ours: median(loads.ours), bare: median(loads.bare), ratio, ...peerLoad };
}

function median(loads: Load[]): Load {
  const ordered = loads.toSorted((a, b) => a.requestsPerSecond - b.requestsPerSecond);
  const found = ordered[Math.floor(ordered.length / 2)];
  if (!found) throw new Error("nothing was measured");
  return found;
}
