export type WorkerOptions = {
  /** One round of background work. A round that fails is reported, and the next one comes all the same. */
  tick: () => Promise<void>;
  everyMs: number;
  onError: (error: unknown) => void;
};

export type BackgroundWorker = {
  /** Whether a round succeeded lately, or there was no time for one yet. */
  isHealthy: () => boolean;
  /** Waits for the round under way. */
  stop: () => Promise<void>;
};

const unhealthyAfterMs = 60_000;

/** Runs `tick` again and again, never two rounds at once. */
export function startWorker({ tick, everyMs, onError }: WorkerOptions): BackgroundWorker {
  let stopping = false;
  let lastSuccess = performance.now();
  let wake = () => {};
  const loop = async () => {
    while (!stopping) {
      await tick().then(() => {
        lastSuccess = performance.now();
      }, onError);
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (stopping) resolve();
        else setTimeout(resolve, everyMs).unref();
      });
    }
  };
  const done = loop();
  return {
    isHealthy: () => performance.now() - lastSuccess < unhealthyAfterMs,
    stop: async () => {
      stopping = true;
      wake();
      await done;
    },
  };
}
