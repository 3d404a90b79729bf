export type WorkerOptions = {
  /** One round of background work. A round that fails is reported, and the next one comes all the same. */
  tick: () => Promise<void>;
  everyMs: number;
  onError: (error: unknown) => void;
};

/** Runs `tick` again and again, never two rounds at once. `stop` waits for the round under way. */
export function startWorker({ tick, everyMs, onError }: WorkerOptions): { stop: () => Promise<void> } {
  let stopping = false;
  let wake = () => {};
  const loop = async () => {
    while (!stopping) {
      await tick().catch(onError);
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (stopping) resolve();
        else setTimeout(resolve, everyMs).unref();
      });
    }
  };
  const done = loop();
  return {
    stop: async () => {
      stopping = true;
      wake();
      await done;
    },
  };
}
