import { setTimeout as sleep } from "node:timers/promises";
import { catalogueTime } from "./catalogue-file.ts";
import { quantile } from "./compare.ts";
import { pinTo } from "./cores.ts";
import { LoadGenerator } from "./load.ts";
import { type CatalogueFiles, settleMs } from "./measure.ts";
import type { ResolverReady } from "./resolver.ts";
import { hear, startResolver } from "./resolver-process.ts";
import { makeScenarios, type Scenario } from "./scenarios.ts";

/** Gets per second as shares of those at the first size: medians over the rounds. */
export type FlatnessResult = { versions: number[]; gets: { name: string; sizes: SizeShare[] }[] };
/** Half of the rounds lie within `middleHalf`; `processes` are those of this size, each by itself. */
export type SizeShare = { share: number; middleHalf: [low: number, high: number]; processes: number[] };

type Resolver = { size: number; load: LoadGenerator; scenarios: Scenario[] };

/** One start of a catalogue is not exactly as fast as the next. */
const processesPerSize = 2;
/** Short, so that all have had their turn before what else the machine does has changed. */
const turnMs = 150;
const warmUpMs = 1000;

/**
 * Asks resolvers of catalogues of all sizes for the same in turn, round by round. One size after the other, as they are
 * compared with bare Node, the machine is not the same minutes later.
 */
export async function measureFlatness(
  files: readonly CatalogueFiles[],
  options: { connections: number; rounds: number; say: (text: string) => void },
): Promise<FlatnessResult> {
  options.say("the same gets at every size, in turn …");
  const sizes = Array.from({ length: processesPerSize }, () => [...files.keys()]).flat();
  const children = sizes.map((size) => startSize(files[size] as CatalogueFiles));
  try {
    const ready = await Promise.all(children.map((child) => hear<ResolverReady>(child)));
    await sleep(settleMs);
    for (const { pid } of children) pinTo("server", pid);
    pinTo("load");
    const resolvers = await Promise.all(
      ready.map(async ({ port }, at) => ({
        size: sizes[at] ?? 0,
        load: new LoadGenerator(port, options.connections),
        scenarios: await makeScenarios(`http://127.0.0.1:${port}`),
      })),
    );
    const gets = (resolvers[0]?.scenarios ?? []).filter(({ closely }) => closely);
    const measured: FlatnessResult["gets"] = [];
    for (const { name } of gets) {
      const perSecond = await askInTurn(resolvers, name, options.rounds);
      measured.push({ name, sizes: files.map((_, size) => toShare(size, resolvers, perSecond)) });
    }
    return { versions: files.map(({ versions }) => versions), gets: measured };
  } finally {
    for (const child of children) child.kill();
  }
}

const startSize = ({ catalogue, keySetFile }: CatalogueFiles) =>
  startResolver({ from: { catalogue }, keySetFile, now: catalogueTime });

/** @returns requests per second of each resolver in each round. */
async function askInTurn(resolvers: readonly Resolver[], name: string, rounds: number): Promise<number[][]> {
  const ask = async ({ load, scenarios }: Resolver, forMs: number) => {
    const { urls = [], headers } = scenarios.find((scenario) => scenario.name === name) ?? {};
    return (await load.run({ urls, headers, forMs })).requestsPerSecond;
  };
  for (const resolver of resolvers) await ask(resolver, warmUpMs);
  const perSecond = resolvers.map((): number[] => []);
  const turns = [...resolvers.entries()];
  for (let round = 0; round < rounds; round++) {
    for (const [at, resolver] of round % 2 === 0 ? turns : turns.toReversed()) {
      perSecond[at]?.push(await ask(resolver, turnMs));
    }
  }
  return perSecond;
}

/** Of each round by itself, against what the processes of the first size reached in it. */
function toShare(size: number, resolvers: readonly Resolver[], perSecond: readonly number[][]): SizeShare {
  const ofSize = (wanted: number) => perSecond.filter((_, at) => resolvers[at]?.size === wanted);
  const first = averages(ofSize(0));
  const shares = (rates: readonly number[]) => rates.map((rate, round) => rate / (first[round] ?? 1));
  const together = shares(averages(ofSize(size)));
  return {
    share: quantile(together, 0.5),
    middleHalf: [quantile(together, 0.25), quantile(together, 0.75)],
    processes: ofSize(size).map((rates) => quantile(shares(rates), 0.5)),
  };
}

/** For each round that of all. */
function averages(rates: readonly number[][]): number[] {
  const sums = (rates[0] ?? []).map((_, round) => rates.reduce((sum, each) => sum + (each[round] ?? 0), 0));
  return sums.map((sum) => sum / rates.length);
}
