// `npm run bench`: the read plane against a bare Node server that returns the same bytes, alternating in one run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { measureSize } from "./measure.ts";
import { toSvg } from "./plot.ts";
import { describeMachine, type SizeResult, toMarkdown } from "./report.ts";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "100,5000,107000" },
    connections: { type: "string", default: "64" },
    rounds: { type: "string", default: "3" },
    ms: { type: "string", default: "700" },
    peer: { type: "string" },
    out: { type: "string", default: "bench/results" },
  },
});

const say = (text: string) => process.stdout.write(`${text}\n`);
const folder = mkdtempSync(path.join(tmpdir(), "cs-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const results: SizeResult[] = [];
for (const size of values.sizes.split(",").map(Number)) {
  results.push(
    await measureSize(size, {
      folder,
      connections: Number(values.connections),
      rounds: Number(values.rounds),
      roundMs: Number(values.ms),
      peer: values.peer ?? null,
      say,
    }),
  );
}

const machine = describeMachine(Number(values.connections));
mkdirSync(values.out, { recursive: true });
writeFileSync(path.join(values.out, "result.json"), `${JSON.stringify({ machine, results }, null, 2)}\n`);
writeFileSync(path.join(values.out, "result.svg"), toSvg(results));
writeFileSync(path.join(values.out, "result.md"), toMarkdown(machine, results));
say(`\n${toMarkdown(machine, results)}`);
