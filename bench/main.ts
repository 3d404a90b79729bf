// `npm run bench`: the read plane against a bare Node server that returns the same bytes, how soon changes are seen,
// and reads while the control plane works, in one run.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { pinTo, unpin } from "./cores.ts";
import { type FlatnessResult, measureFlatness } from "./flatness.ts";
import { type CatalogueFiles, makeCatalogue, measureSize } from "./measure.ts";
import { toSvg } from "./plot.ts";
import { measurePropagation, type PropagationResult } from "./propagation.ts";
import { describeMachine, type SizeResult, toMarkdown } from "./report.ts";
import { measureUnderLoad, type UnderLoadResult } from "./under-load.ts";

const { values } = parseArgs({
  options: {
    sizes: { type: "string" },
    propagation: { type: "boolean", default: false },
    "under-load": { type: "boolean", default: false },
    connections: { type: "string", default: "64" },
    rounds: { type: "string", default: "5" },
    ms: { type: "string", default: "300" },
    changes: { type: "string", default: "220" },
    seconds: { type: "string", default: "15" },
    peer: { type: "string" },
    out: { type: "string", default: "bench/results" },
  },
});

/** So many times the rounds where a difference of a few percent is looked for. */
const roundsInTurn = 10;
/** Without naming any part: all of them. */
const all = !values.sizes && !values.propagation && !values["under-load"];
const say = (text: string) => process.stdout.write(`${text}\n`);
const folder = mkdtempSync(path.join(tmpdir(), "cs-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

async function measureSizes(): Promise<{ results: SizeResult[]; flatness: FlatnessResult | null }> {
  const results: SizeResult[] = [];
  const made: CatalogueFiles[] = [];
  const [connections, rounds] = [Number(values.connections), Number(values.rounds)];
  for (const size of (values.sizes ?? "100,5000,107000").split(",").map(Number)) {
    const files = makeCatalogue(size, folder, say);
    made.push(files);
    const given = { connections, rounds, roundMs: Number(values.ms), peer: values.peer ?? null, say };
    results.push(await measureSize(files, given));
    unpin();
  }
  const flatness =
    made.length > 1 ? await measureFlatness(made, { connections, rounds: roundsInTurn * rounds, say }) : null;
  return { results, flatness };
}

async function measureLoaded(): Promise<UnderLoadResult | null> {
  const built = path.join(import.meta.dirname, "..", process.env.NEXT_DIST_DIR ?? ".next", "BUILD_ID");
  if (existsSync(built)) return measureUnderLoad(Number(values.seconds), say);
  say("under load: left out, the pages are not built (npm run build)");
  return null;
}

// The database driver announces something about a coming version of itself.
process.noDeprecation = true;
const before = describeMachine(Number(values.connections));
const propagation: PropagationResult | null =
  all || values.propagation ? await measurePropagation(Number(values.changes), say) : null;
const underLoad = all || values["under-load"] ? await measureLoaded() : null;
const { results, flatness } = all || values.sizes ? await measureSizes() : { results: [], flatness: null };

const pinned = results.length > 0 && pinTo("load");
const machine = { ...before, pinned, loadAverageAfter: describeMachine(0).loadAverage };
const table = toMarkdown(machine, { results, flatness, propagation, underLoad });
mkdirSync(values.out, { recursive: true });
writeFileSync(
  path.join(values.out, "result.json"),
  `${JSON.stringify({ machine, results, flatness, propagation, underLoad }, null, 2)}\n`,
);
if (results.length > 0) writeFileSync(path.join(values.out, "result.svg"), toSvg(results));
writeFileSync(path.join(values.out, "result.md"), table);
say(`\n${table}`);
process.exit(0);
