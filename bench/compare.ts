import type { ChildProcess } from "node:child_process";
import type { Load, LoadGenerator } from "./load.ts";
import type { Measured, ScenarioResult } from "./report.ts";
import { readUsage } from "./resolver-process.ts";
import type { Scenario } from "./scenarios.ts";

export type CompareOptions = {
  rounds: number;
  roundMs: number;
  /** Asks another registry in the same run. */
  peer: LoadGenerator | null;
};

/** A server that says how much processor time it has used, and who asks it. */
export type Server = { child: ChildProcess; load: LoadGenerator };

const warmUpMs = 300;
/** What a goal is set for is asked for four times as long, in turns half as long: other work comes in bursts. */
const closely = { rounds: 8, shareOfRound: 0.5 };
/** Until the engine has compiled what is asked most, its figures fall from round to round. */
const firstWarmUpMs = 3000;

/** Lets both run before anything is measured. */
export async function warmUp({ urls }: Scenario, servers: Server[]): Promise<void> {
  for (const { load } of servers) await load.run({ urls, forMs: firstWarmUpMs });
}

/** Asks both for the same in turn, round by round. */
export async function compare(
  { name, urls, headers, unique, closely: isClose }: Scenario,
  servers: { ours: Server; bare: Server },
  { rounds, roundMs, peer }: CompareOptions,
): Promise<ScenarioResult> {
  const turns = isClose
    ? { count: rounds * closely.rounds, ms: roundMs * closely.shareOfRound }
    : { count: rounds, ms: roundMs };
  const run = (load: LoadGenerator, forMs = turns.ms) => load.run({ urls, headers, unique, forMs });
  const measure = async ({ child, load }: Server): Promise<Measured> => {
    const before = await readUsage(child);
    const measured = await run(load);
    const { cpuMs } = await readUsage(child);
    return { ...measured, cpuMicros: ((cpuMs - before.cpuMs) * 1000) / measured.requests };
  };
  const [ours, bare, others]: [Measured[], Measured[], Load[]] = [[], [], []];
  for (const { load } of Object.values(servers)) await run(load, warmUpMs);
  for (let round = 0; round < turns.count; round++) {
    const measureOurs = async () => ours.push(await measure(servers.ours));
    const measureBare = async () => bare.push(await measure(servers.bare));
    // Each goes first as often as the other.
    for (const next of round % 2 === 0 ? [measureOurs, measureBare] : [measureBare, measureOurs]) await next();
    if (peer) others.push(await run(peer));
  }
  // Of each round by itself: what else the machine does changes from second to second.
  const ratios = ours.map((load, at) => load.requestsPerSecond / (bare[at]?.requestsPerSecond ?? 1));
  const [low, ratio, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share)) as [number, number, number];
  const peerLoad = peer ? { peer: middle(others) } : {};
  return { name, ours: toMeasured(ours), bare: toMeasured(bare), ratio, middleHalf: [low, high], ...peerLoad };
}

function toMeasured(rounds: readonly Measured[]): Measured {
  return {
    ...middle(rounds),
    cpuMicros: quantile(
      rounds.map(({ cpuMicros }) => cpuMicros),
      0.5,
    ),
  };
}

/** The round with the median number of requests per second. */
function middle<T extends Load>(rounds: readonly T[]): T {
  const ordered = rounds.toSorted((a, b) => a.requestsPerSecond - b.requestsPerSecond);
  const found = ordered[Math.floor(ordered.length / 2)];
  if (!found) throw new Error("nothing was measured");
  return found;
}

/** @param share 0 to 1: 0.5 is the median. */
export function quantile(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] ?? 0;
}
