import type { Parameters as FastCheckParameters } from "fast-check";

/**
 * How many schedules a test goes through. `npm run schedules` takes its number from SCHEDULES, and SEED (with FROM_PATH,
 * both as a failure prints them) goes through the same ones again.
 */
export function scheduleRuns<T>(standard: number, share = 1): FastCheckParameters<T> {
  const { SCHEDULES, SEED, FROM_PATH } = process.env;
  const seed = SEED ? Number(SEED) : undefined;
  return {
    numRuns: SCHEDULES ? Math.ceil(Number(SCHEDULES) * share) : standard,
    ...(seed === undefined ? {} : { seed }),
    ...(FROM_PATH ? { path: FROM_PATH } : {}),
  };
}

/** Time for that many, in milliseconds. */
export function scheduleTimeout(standardMs: number): number {
  return process.env.SCHEDULES ? 6 * 3600_000 : standardMs;
}
