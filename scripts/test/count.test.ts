import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countPlaywright, countVitest } from "./count.mjs";

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "cs-count-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = path.join(dir, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const suite = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

describe("vitest", () => {
  it("counts what passed and what failed", () => {
    const suites = [suite("passed", "passed", "passed"), suite("failed", "passed", "failed")];
    const file = report({ numPassedTests: 3, numFailedTests: 1, testResults: suites });
    expect(countVitest(file, false)).toEqual({ passed: 3, failed: 1 });
  });

  it("counts a file that could not be loaded as a failure", () => {
    const file = report({ numPassedTests: 2, numFailedTests: 0, testResults: [suite("passed"), suite("failed")] });
    expect(countVitest(file, false)).toEqual({ passed: 2, failed: 1 });
  });

  it("never calls a run that ended badly free of failures", () => {
    const file = report({ numPassedTests: 2, numFailedTests: 0, testResults: [suite("passed")] });
    expect(countVitest(file, false)).toEqual({ passed: 2, failed: 1 });
    expect(countVitest(path.join(dir, "missing.json"), true)).toEqual({ passed: 0, failed: 1 });
  });
});

describe("Playwright", () => {
  it("counts what passed and what failed", () => {
    const file = report({ stats: { expected: 4, unexpected: 2, flaky: 1, skipped: 0 }, errors: [] });
    expect(countPlaywright(file, false)).toEqual({ passed: 5, failed: 2 });
  });

  it("never calls a run that ended badly free of failures", () => {
    const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    expect(countPlaywright(report({ stats, errors: [{ message: "setup" }] }), false)).toEqual({ passed: 0, failed: 1 });
    expect(countPlaywright(report({ stats, errors: [] }), false)).toEqual({ passed: 0, failed: 1 });
    expect(countPlaywright(path.join(dir, "missing.json"), true)).toEqual({ passed: 0, failed: 1 });
  });
});
