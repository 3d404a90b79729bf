import { existsSync, readFileSync } from "node:fs";

/** A command that failed must never count as nothing failed. */
function settle(passed, failed, ok) {
  return { passed, failed: ok ? failed : Math.max(1, failed) };
}

/** @param {string} file JSON report of vitest @param {boolean} ok whether it ended well */
export function countVitest(file, ok) {
  if (!existsSync(file)) return settle(0, 1, false);
  const report = JSON.parse(readFileSync(file, "utf8"));
  // A test file that could not even be loaded has no tests: it counts as one failure.
  const broken = report.testResults.filter(
    (suite) => suite.status === "failed" && !suite.assertionResults.some((test) => test.status === "failed"),
  );
  return settle(report.numPassedTests, report.numFailedTests + broken.length, ok);
}

/** @param {string} file JSON report of Playwright @param {boolean} ok whether it ended well */
export function countPlaywright(file, ok) {
  if (!existsSync(file)) return settle(0, 1, false);
  const { stats, errors } = JSON.parse(readFileSync(file, "utf8"));
  return settle(stats.expected + stats.flaky, stats.unexpected + errors.length, ok);
}
