import { withProgress } from "../launch/progress.mjs";
import { runQuietly } from "../launch/run.mjs";

/**
 * Runs the commands of one stage. A stage that fails shows the whole output of the command that failed.
 * @param {string} label @param {string[][]} commands
 * @param {(ok: boolean) => {passed: number, failed: number}} count
 */
export async function runStage(label, commands, count) {
  let failure = null;
  await withProgress(label, async () => {
    for (const [file, ...args] of commands)
      await runQuietly(file, args, { ...process.env, NEXT_TELEMETRY_DISABLED: "1" });
  }).catch((error) => {
    failure = error;
  });
  if (failure) console.error(`\n${failure.message}\n`);
  const counted = count(failure === null);
  console.log(`    ${counted.passed} passed, ${counted.failed} failed`);
  return counted;
}
