import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const tests = "{lib,cli,app,components,scripts}/**/*.test.{ts,tsx}";
// A module that was replaced stays so in its process, so these have one of their own; the rest share a few.
const replacing = globSync(tests).filter((file) => /\bvi\.(do)?mock\(/i.test(readFileSync(file, "utf8")));

/** Files that take long come first, so that none of them is left alone at the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const takesLong = ({ moduleId }: TestSpecification) =>
      /\/(trouble|hostile|boot|embedded|backup|admin|cli)\//.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(takesLong), ...sorted.filter((file) => !takesLong(file))];
  }
}

export default defineConfig({
  test: {
    globalSetup: ["lib/testing/global-setup.ts"],
    setupFiles: ["lib/testing/fresh-process.ts", "lib/testing/quiet-console.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // By itself one less than the cores; half of the time one file waits for a database, a process or a clock.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongFirst },
    projects: [
      { extends: true, test: { name: "shared", include: [tests], exclude: replacing, isolate: false } },
      { extends: true, test: { name: "replacing", include: replacing } },
    ],
  },
});
