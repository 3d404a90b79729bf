import { randomInt } from "node:crypto";

export type Runs = { numRuns: number; seed: number; path?: string };

/**
 * How many schedules a test goes through: `standard`, or by `npm run schedules` the number in SCHEDULES, times `share`,
 * which then says with which seed. SEED, and FROM_PATH beside it, both as a failure prints them, go there again.
 */
export function scheduleRuns(standard: number, share = 1): Runs {
  const { SCHEDULES, SEED, FROM_PATH } = process.env;
  const seed = SEED ? Number(SEED) : randomInt(2 ** 31);
  const numRuns = SCHEDULES ? Math.ceil(Number(SCHEDULES) * share) : standard;
  if (SCHEDULES) process.stdout.write(`${numRuns} schedules with seed ${seed}\n`);
  return { numRuns, seed, ...(FROM_PATH ? { path: FROM_PATH } : {}) };
}

/** Time for that many, in milliseconds. */
export function scheduleTimeout(standardMs: number): number {
  return process.env.SCHEDULES ? 6 * 3_600_000 : standardMs;
}
