import { cpus, loadavg, totalmem } from "node:os";
import type { FlatnessResult, SizeShare } from "./flatness.ts";
import type { Load } from "./load.ts";
import type { PropagationResult } from "./propagation.ts";
import type { Quantiles } from "./quantiles.ts";
import type { UnderLoadResult } from "./under-load.ts";

/** With the processor time of the server for each request, in microseconds. */
export type Measured = Load & { cpuMicros: number };
/** The ratio is the median over the rounds; half of the rounds lie within `middleHalf`. */
export type ScenarioResult = {
  name: string;
  ours: Measured;
  bare: Measured;
  ratio: number;
  middleHalf: [low: number, high: number];
  peer?: Load;
};
export type SizeResult = {
  versions: number;
  servers: number;
  loadMs: number;
  /** Processor time of all threads. */
  loadCpuMs: number;
  rssBytes: number;
  /** Some seconds later. */
  rssSettledBytes: number;
  rssAfterBytes: number;
  scenarios: ScenarioResult[];
};
export type Machine = ReturnType<typeof describeMachine>;

/** The conditions of a run. The load average tells whether the machine was quiet. */
export function describeMachine(connections: number) {
  return {
    at: new Date().toISOString(),
    node: process.version,
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    loadAverage: loadavg().map((load) => Number(load.toFixed(2))),
    connections,
  };
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const milliseconds = (ms: number) => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;

export type BenchResult = {
  results: readonly SizeResult[];
  flatness: FlatnessResult | null;
  propagation: PropagationResult | null;
  underLoad: UnderLoadResult | null;
};

export function toMarkdown(
  machine: Machine & { loadAverageAfter: number[]; pinned: boolean },
  { results, flatness, propagation, underLoad }: BenchResult,
): string {
  const { at, node, processor, cores, memoryGB, loadAverage, loadAverageAfter, connections, pinned } = machine;
  const conditions =
    `${at}: Node ${node}, ${cores} cores (${processor}), ${memoryGB} GB, ${connections} connections, ` +
    `load average before ${loadAverage.join(", ")}, after ${loadAverageAfter.join(", ")}` +
    `${pinned ? "; servers on one core, the load generator on another" : ""}.`;
  return [
    conditions,
    ...results.map(toSection),
    ...(flatness ? [toFlatnessSection(flatness)] : []),
    ...(propagation ? [toPropagationSection(propagation)] : []),
    ...(underLoad ? [toUnderLoadSection(underLoad)] : []),
    "",
  ].join("\n\n");
}

function toFlatnessSection({ versions, gets }: FlatnessResult): string {
  const twoDigits = (share: number) => share.toFixed(2);
  const toCell = ({ share, middleHalf, processes }: SizeShare) =>
    `${twoDigits(share)} (${middleHalf.map(twoDigits).join("–")}; ${processes.map(twoDigits).join(", ")})`;
  return [
    "### The same gets at every size, in turn",
    "",
    `| versions | ${versions.map((count) => count.toLocaleString("en")).join(" | ")} |`,
    `|---|${versions.map(() => "--:|").join("")}`,
    ...gets.map(({ name, sizes }) => `| ${name} | ${sizes.map(toCell).join(" | ")} |`),
    "",
    "Share of the first size: median over the rounds (half of them lie within; each process by itself).",
  ].join("\n");
}

function toPropagationSection({ resolvers, approved, revoked }: PropagationResult): string {
  return [
    `### Changes until ${resolvers} resolvers show them`,
    "",
    ...quantileTable([
      ["approve → visible", approved],
      ["revoke → gone", revoked],
    ]),
  ].join("\n");
}

function toUnderLoadSection({ getsPerSecond, publishes, pages, ...result }: UnderLoadResult): string {
  return [
    `### ${getsPerSecond} gets per second from the whole product`,
    "",
    ...quantileTable([
      ["quiet", result.quiet],
      ["publishes and pages", result.loaded],
      ["an accepted publish itself", publishes.took],
    ]),
    "",
    `${publishes.perSecond} publishes per second (${publishes.accepted} accepted, ${publishes.refused.length} refused) ` +
      `and ${pages.perSecond} pages (${pages.rendered} rendered) meanwhile; ${result.failedGets} gets failed.`,
  ].join("\n");
}

function quantileTable(rows: [name: string, quantiles: Quantiles][]): string[] {
  const lines = rows.map(
    ([name, { count, p50Ms, p99Ms, maxMs }]) =>
      `| ${[name, count, ...[p50Ms, p99Ms, maxMs].map(milliseconds)].join(" | ")} |`,
  );
  return ["| | count | p50 | p99 | longest |", "|---|--:|--:|--:|--:|", ...lines];
}

function toSection(result: SizeResult): string {
  const lines = [
    `### ${result.versions.toLocaleString("en")} versions of ${result.servers.toLocaleString("en")} servers`,
    "",
    `Loaded and verified in ${seconds(result.loadMs)} (${seconds(result.loadCpuMs)} of processor time); ${megabytes(result.rssBytes)} resident then, ` +
      `${megabytes(result.rssSettledBytes)} some seconds later, ${megabytes(result.rssAfterBytes)} after the run.`,
    "",
    "| request | ours /s | p50 ms | p99 ms | bare Node /s | ratio | µs each | bare Node | by processor | costs gets |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
  ];
  const get = result.scenarios[0]?.ours.cpuMicros ?? 0;
  for (const { name, ours, bare, ratio, middleHalf } of result.scenarios) {
    const cells = [
      ours.requestsPerSecond.toFixed(0),
      ours.p50Ms.toFixed(1),
      ours.p99Ms.toFixed(1),
      bare.requestsPerSecond.toFixed(0),
      `${ratio.toFixed(2)} (${middleHalf.map((end) => end.toFixed(2)).join("–")})`,
      ours.cpuMicros.toFixed(0),
      bare.cpuMicros.toFixed(0),
      (bare.cpuMicros / ours.cpuMicros).toFixed(2),
      (ours.cpuMicros / get).toFixed(1),
    ];
    lines.push(`| ${name} | ${cells.join(" | ")} |`);
  }
  return lines.join("\n");
}
