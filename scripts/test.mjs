// `npm test`: types, lint, unit and integration tests, build, end-to-end tests. Ends with one line, summed over all.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildWhenNeeded } from "./launch/build.mjs";
import { countPlaywright, countVitest } from "./test/count.mjs";
import { runStage } from "./test/stage.mjs";

const reports = mkdtempSync(path.join(tmpdir(), "cs-reports-"));
const vitestReport = path.join(reports, "vitest.json");
const playwrightReport = path.join(reports, "playwright.json");
const bin = (name) => path.resolve("node_modules/.bin", name);
const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

const total = { passed: 0, failed: 0 };
const add = ({ passed, failed }) => {
  total.passed += passed;
  total.failed += failed;
};

add(
  await runStage(
    "Types",
    [
      [bin("next"), "typegen"],
      [bin("tsc"), "--noEmit"],
    ],
    one,
  ),
);
add(await runStage("Lint", [[bin("biome"), "check", "."]], one));
const vitest = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`];
add(await runStage("Unit and integration tests", [[bin("vitest"), ...vitest]], (ok) => countVitest(vitestReport, ok)));
await buildWhenNeeded();
process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = playwrightReport;
add(
  await runStage("End-to-end tests", [[bin("playwright"), "test", "--reporter=list,json"]], (ok) =>
    countPlaywright(playwrightReport, ok),
  ),
);

rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
