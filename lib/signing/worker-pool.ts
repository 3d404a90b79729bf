import type { Worker } from "node:worker_threads";

export type WorkerAnswer = { kind: "message"; value: unknown } | { kind: "timeout" } | { kind: "died" };

export type WorkerPool = {
  /** Sends one message to a warm worker and waits for one answer; a worker that is late or dies is gone for good. */
  ask: (message: unknown, timeoutMs: number) => Promise<WorkerAnswer>;
};

const startTimeoutMs = 15_000;

/**
 * Keeps up to `maxWorkers` workers warm, which answer every message with one message and announce themselves with one.
 * Calls beyond that wait their turn; a deadline starts when the work does. Idle workers do not keep the process alive.
 */
export function createWorkerPool(startWorker: () => Worker, maxWorkers: number): WorkerPool {
  const living = new Set<Worker>();
  const idle: Worker[] = [];
  const waiting: (() => void)[] = [];

  const forget = (worker: Worker) => {
    if (!living.delete(worker)) return;
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
    void worker.terminate();
    waiting.shift()?.();
  };

  const start = async (): Promise<Worker | null> => {
    const worker = startWorker();
    living.add(worker);
    worker.on("error", () => forget(worker)).on("exit", () => forget(worker));
    const ready = await nextAnswer(worker, startTimeoutMs);
    if (ready.kind === "message") return worker;
    forget(worker);
    return null;
  };

  const take = async (): Promise<Worker | null> => {
    for (;;) {
      const warm = idle.pop();
      if (warm) return warm;
      if (living.size < maxWorkers) return start();
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };

  const release = (worker: Worker) => {
    worker.unref();
    idle.push(worker);
    waiting.shift()?.();
  };

  return {
    ask: async (message, timeoutMs) => {
      const worker = await take();
      if (!worker) return { kind: "died" };
      worker.ref();
      try {
        worker.postMessage(message);
      } catch (error) {
        release(worker);
        throw error;
      }
      const answer = await nextAnswer(worker, timeoutMs);
      if (answer.kind === "message") release(worker);
      else forget(worker);
      return answer;
    },
  };
}

/** Settles once: with a message, at the deadline, or when the worker is gone. */
function nextAnswer(worker: Worker, timeoutMs: number): Promise<WorkerAnswer> {
  return new Promise((resolve) => {
    const settle = (answer: WorkerAnswer) => {
      clearTimeout(timer);
      worker.off("message", take).off("error", die).off("exit", die);
      resolve(answer);
    };
    const take = (value: unknown) => settle({ kind: "message", value });
    const die = () => settle({ kind: "died" });
    const timer = setTimeout(() => settle({ kind: "timeout" }), timeoutMs);
    worker.on("message", take).on("error", die).on("exit", die);
  });
}
