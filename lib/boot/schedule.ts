export type Job = { everyMs: number; run: () => Promise<unknown> };

/**
 * One tick that runs each job when it is due, the first time at once, one after the other. A job that fails is due again
 * only after its interval and holds up no other.
 * @throws AggregateError of the failures, after every due job ran.
 */
export function createTick(jobs: readonly Job[], clock: () => number): () => Promise<void> {
  const due = jobs.map(() => Number.NEGATIVE_INFINITY);
  return async () => {
    const failures: unknown[] = [];
    for (const [index, job] of jobs.entries()) {
      const now = clock();
      if (now < (due[index] ?? 0)) continue;
      due[index] = now + job.everyMs;
      await job.run().catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(toMessage).join("; "));
  };
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
