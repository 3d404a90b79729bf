import { setImmediate as nextTurn } from "node:timers/promises";
import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import { packRows } from "#lib/resolver/loading/packed-rows.ts";
import { type LoadedServer, unpackShelves } from "#lib/resolver/loading/packed-shelves.ts";
import { Slabs } from "#lib/resolver/loading/slabs.ts";
import { verifyServerInTurns } from "#lib/resolver/loading/verify-server.ts";
import { VerifyThreads, type VerifyThreadsOptions } from "#lib/resolver/loading/verify-threads.ts";
import type { ServerRecord } from "#lib/resolver/source.ts";

export type ServerLoaderOptions = Pick<VerifyThreadsOptions, "silenceMs" | "startWorker"> & {
  trust: Trust;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** How many threads verify once there is enough to do; 0 for none. */
  threads: number;
  /** So many versions are verified before threads are started; 2,000 when not given. */
  aloneUpTo?: number;
  /** Called once for each server added, in no particular order. */
  onLoaded: (server: LoadedServer) => void;
};

/** So many versions are verified in about the time that threads need to come up and get going. */
const standardAloneUpTo = 2000;
/** About 10 ms of verification. */
const versionsPerBatch = 64;

/**
 * Verifies the servers of a whole catalogue, in threads when there are many. The event loop is free again after each
 * batch. Either every server that was added is handed on, or `add` or `finish` fails. Calls must follow each other.
 */
export class ServerLoader {
  readonly #options: ServerLoaderOptions;
  readonly #slabs = new Slabs();
  /** Memory that went to a thread and came back: used again, it is no garbage. */
  readonly #spare: ArrayBuffer[] = [];
  #threads: VerifyThreads | null = null;
  #batch: ServerRecord[] = [];
  #batchVersions = 0;
  #versions = 0;
  #closed = false;

  constructor(options: ServerLoaderOptions) {
    this.#options = options;
  }

  /** Resolves when more may be added. @throws when verification failed or was ended. */
  async add(server: ServerRecord): Promise<void> {
    this.#assertOpen();
    this.#batch.push(server);
    this.#batchVersions += server.versions.length;
    if (this.#batchVersions >= versionsPerBatch) await this.#flush();
  }

  /** Resolves when every server has been handed on. @throws when verification failed or was ended. */
  async finish(): Promise<void> {
    this.#assertOpen();
    await this.#flush();
    await this.#threads?.finish();
    this.#assertOpen();
  }

  /** Ends whatever is going on. To be called in the end in any case; may be called again. */
  close(): void {
    this.#closed = true;
    this.#threads?.close();
  }

  async #flush(): Promise<void> {
    const batch = this.#batch;
    this.#versions += this.#batchVersions;
    this.#batch = [];
    this.#batchVersions = 0;
    const { threads, clock, aloneUpTo = standardAloneUpTo } = this.#options;
    if (threads > 0 && this.#versions > aloneUpTo) this.#threads ??= this.#startThreads();
    if (this.#threads?.ready) return this.#threads.send({ rows: packRows(batch, this.#spare.pop()), now: clock() });
    for (const server of batch) {
      const verified = await verifyServerInTurns(server, this.#options.trust);
      this.#assertOpen();
      this.#options.onLoaded({ ...verified, shelf: null, digestKeys: [] });
    }
    await nextTurn();
  }

  #startThreads(): VerifyThreads {
    const { threads, trust, onLoaded, silenceMs, startWorker } = this.#options;
    return new VerifyThreads({
      count: threads,
      trust,
      onDone: (shelves) => {
        unpackShelves(shelves, this.#slabs).forEach(onLoaded);
        this.#spare.push(shelves.bytes.buffer);
      },
      silenceMs,
      startWorker,
    });
  }

  #assertOpen(): void {
    if (this.#closed) throw new Error("loading was ended");
  }
}
