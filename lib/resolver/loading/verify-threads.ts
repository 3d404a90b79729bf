import { Worker } from "node:worker_threads";
import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import type { PackedRows } from "#lib/resolver/loading/packed-rows.ts";
import type { PackedShelves } from "#lib/resolver/loading/packed-shelves.ts";

export type VerifyTask = {
  rows: PackedRows;
  /** Milliseconds since the epoch. */
  now: number;
};

export type VerifyThreadsOptions = {
  count: number;
  trust: Trust;
  /** Called for each task, in no particular order. */
  onDone: (shelves: PackedShelves) => void;
  /** A thread that has said nothing for so long, with work to do, has failed. Milliseconds. */
  silenceMs?: number;
  /** For tests. */
  startWorker?: (trust: Trust) => Worker;
};

/** One being worked on and one waiting, so that a thread never waits for its next. */
const tasksPerThread = 2;
const standardSilenceMs = 60_000;
const maxHeapMb = 512;
/** Small, so that what a thread leaves behind is little. */
const maxYoungMb = 16;

function startLoadWorker({ keySet, registryId }: Trust): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: maxYoungMb };
  return new Worker(new URL("./load.worker.ts", import.meta.url), {
    workerData: { keySet, registryId },
    resourceLimits,
  });
}

type Thread = { worker: Worker; ready: boolean; tasks: number; alarm: NodeJS.Timeout | null };

/**
 * Threads that verify rows. All or nothing: when one dies, hangs or cannot start, every call from then on fails, since
 * what it was given is lost.
 */
export class VerifyThreads {
  readonly #threads: Thread[];
  readonly #options: VerifyThreadsOptions;
  #failure: Error | null = null;
  #changed: () => void = () => {};

  constructor(options: VerifyThreadsOptions) {
    this.#options = options;
    const start = options.startWorker ?? startLoadWorker;
    this.#threads = Array.from({ length: options.count }, () => this.#watch(start(options.trust)));
  }

  /** Whether a thread has come up and can be given a task. */
  get ready(): boolean {
    return this.#threads.some((thread) => thread.ready);
  }

  /** Hands a task to the thread with the least to do, once one has room. @throws when the threads have failed. */
  async send(task: VerifyTask): Promise<void> {
    await this.#until(() => this.#leastBusy().tasks < tasksPerThread);
    const thread = this.#leastBusy();
    thread.worker.postMessage(task, [task.rows.bytes.buffer]);
    thread.tasks++;
    this.#rearm(thread);
  }

  /** Resolves when every task is done. @throws when the threads have failed. */
  finish(): Promise<void> {
    return this.#until(() => this.#threads.every((thread) => thread.tasks === 0));
  }

  /** Ends the threads, whatever they are doing; what is still waiting fails with the reason. May be called again. */
  close(reason = new Error("verification was ended")): void {
    this.#failure ??= reason;
    for (const thread of this.#threads) {
      if (thread.alarm) clearTimeout(thread.alarm);
      void thread.worker.terminate();
    }
    this.#changed();
  }

  #watch(worker: Worker): Thread {
    const thread: Thread = { worker, ready: false, tasks: 0, alarm: null };
    this.#rearm(thread);
    worker.on("message", (message: "ready" | PackedShelves) => {
      if (this.#failure) return;
      if (message === "ready") thread.ready = true;
      else {
        thread.tasks--;
        this.#options.onDone(message);
      }
      this.#rearm(thread);
      this.#changed();
    });
    worker.on("error", (cause) => this.close(new Error("a verifying thread failed", { cause })));
    worker.on("exit", () => this.close(new Error("a verifying thread ended")));
    return thread;
  }

  #rearm(thread: Thread): void {
    if (thread.alarm) clearTimeout(thread.alarm);
    const idle = thread.ready && thread.tasks === 0;
    const hang = () => this.close(new Error("a verifying thread hangs"));
    thread.alarm = idle ? null : setTimeout(hang, this.#options.silenceMs ?? standardSilenceMs);
  }

  #leastBusy(): Thread {
    return this.#threads.filter(({ ready }) => ready).reduce((a, b) => (b.tasks < a.tasks ? b : a));
  }

  async #until(holds: () => boolean): Promise<void> {
    for (;;) {
      if (this.#failure) throw this.#failure;
      if (holds()) return;
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }
}
