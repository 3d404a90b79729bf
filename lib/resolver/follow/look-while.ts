import { setTimeout as sleep } from "node:timers/promises";

/** @param ended says when there is nothing to look for any more. */
type Look = (ended: AbortSignal) => Promise<void>;

/** Looks again and again for as long as some work goes on, and resolves as the work does once no look goes on either. */
export type LookWhile = <Result>(work: () => Promise<Result>, look: Look) => Promise<Result>;

const standardPauseMs = 250;

/** @param pauseMs before each look. A look that fails is made again after the next pause. */
export function lookEvery(pauseMs = standardPauseMs): LookWhile {
  return async (work, look) => {
    const ended = new AbortController();
    const looking = keepLooking(look, pauseMs, ended.signal);
    try {
      return await work();
    } finally {
      ended.abort();
      await looking;
    }
  };
}

async function keepLooking(look: Look, pauseMs: number, ended: AbortSignal): Promise<void> {
  for (;;) {
    await sleep(pauseMs, undefined, { signal: ended }).catch(() => {});
    if (ended.aborted) return;
    await look(ended).catch(() => {});
  }
}
