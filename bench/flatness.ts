import { setTimeout as sleep } from "node:timers/promises";
import { catalogueTime } from "./catalogue-file.ts";
import { quantile } from "./compare.ts";
import { pinTo } from "./cores.ts";
import { runLoad } from "./load.ts";
import { type CatalogueFiles, settleMs } from "./measure.ts";
import type { ResolverReady } from "./resolver.ts";
import { hear, startResolver } from "./resolver-process.ts";
import { makeScenarios, type Scenario } from "./scenarios.ts";

/** Gets per second at each size, as shares of those at the first: the median over the rounds. */
export type FlatnessResult = { versions: number[]; shares: { name: string; shares: number[] }[] };

const roundMs = 300;
const warmUpMs = 2000;

/**
 * Asks resolvers of catalogues of all sizes for the same in turn, round by round. One size after the other, as they are
 * compared with bare Node, the machine is not the same minutes later.
 */
export async function measureFlatness(
  files: readonly CatalogueFiles[],
  options: { connections: number; rounds: number; say: (text: string) => void },
): Promise<FlatnessResult> {
  options.say("the same gets at every size, in turn …");
  const children = files.map(({ catalogue, keySetFile }) =>
    startResolver({ from: { catalogue }, keySetFile, now: catalogueTime }),
  );
  try {
    const ready = await Promise.all(children.map((child) => hear<ResolverReady>(child)));
    await sleep(settleMs);
    for (const { pid } of children) pinTo("server", pid);
    pinTo("load");
    const ports = ready.map(({ port }) => port);
    const asked = await Promise.all(ports.map((port) => makeScenarios(`http://127.0.0.1:${port}`)));
    const gets = (asked[0] ?? []).filter(({ closely }) => closely);
    const shares: FlatnessResult["shares"] = [];
    for (const { name } of gets) {
      const scenarios = asked.map((each) => each.find((scenario) => scenario.name === name) as Scenario);
      shares.push({ name, shares: await compareSizes(ports, scenarios, options) });
    }
    return { versions: files.map(({ versions }) => versions), shares };
  } finally {
    for (const child of children) child.kill();
  }
}

async function compareSizes(
  ports: readonly number[],
  scenarios: readonly Scenario[],
  { connections, rounds }: { connections: number; rounds: number },
): Promise<number[]> {
  const run = async (size: number, forMs: number) => {
    const { urls = [], headers } = scenarios[size] ?? {};
    const { requestsPerSecond } = await runLoad({ port: ports[size] ?? 0, urls, headers, connections, forMs });
    return requestsPerSecond;
  };
  const sizes = [...ports.keys()];
  for (const size of sizes) await run(size, warmUpMs);
  const perSize = sizes.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const size of round % 2 === 0 ? sizes : sizes.toReversed()) perSize[size]?.push(await run(size, roundMs));
  }
  const first = perSize[0] ?? [];
  return perSize.map((each) =>
    quantile(
      each.map((perSecond, round) => perSecond / (first[round] ?? 1)),
      0.5,
    ),
  );
}
