import { cpus, loadavg, totalmem } from "node:os";
import type { Load } from "./load.ts";

export type ScenarioResult = { name: string; ours: Load; bare: Load; ratio: number; peer?: Load };
export type SizeResult = {
  versions: number;
  servers: number;
  loadMs: number;
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

export function toMarkdown(machine: Machine, results: readonly SizeResult[]): string {
  const { at, node, processor, cores, memoryGB, loadAverage, connections } = machine;
  const conditions =
    `${at}: Node ${node}, ${cores} cores (${processor}), ${memoryGB} GB, ${connections} connections, ` +
    `load average at the end ${loadAverage.join(", ")}.`;
  return [conditions, ...results.map(toSection)].join("\n\n");
}

function toSection(result: SizeResult): string {
  const lines = [
    `### ${result.versions.toLocaleString("en")} versions of ${result.servers.toLocaleString("en")} servers`,
    "",
    `Loaded and verified in ${(result.loadMs / 1000).toFixed(1)} s; ${megabytes(result.rssBytes)} resident then, ` +
      `${megabytes(result.rssSettledBytes)} some seconds later, ${megabytes(result.rssAfterBytes)} after the run.`,
    "",
    "| request | ours /s | p50 ms | p99 ms | bare Node /s | ratio | costs gets |",
    "|---|--:|--:|--:|--:|--:|--:|",
  ];
  const get = result.scenarios[0]?.ours.requestsPerSecond ?? 0;
  for (const { name, ours, bare, ratio } of result.scenarios) {
    const cells = [
      ours.requestsPerSecond.toFixed(0),
      ours.p50Ms.toFixed(1),
      ours.p99Ms.toFixed(1),
      bare.requestsPerSecond.toFixed(0),
      ratio.toFixed(2),
      (get / ours.requestsPerSecond).toFixed(1),
    ];
    lines.push(`| ${name} | ${cells.join(" | ")} |`);
  }
  return lines.join("\n");
}
