import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Account } from "#lib/db/embedded/account.ts";
import { roles, toSocketUrl } from "#lib/db/embedded/cluster.ts";
import { makeSocketFolder, type Place } from "#lib/db/embedded/place.ts";
import {
  type Postmaster,
  readPidFile,
  removeStalePidFile,
  spawnPostmaster,
  stopForeign,
  tryConnect,
} from "#lib/db/embedded/postmaster.ts";
import type { Secrets } from "#lib/db/embedded/secrets.ts";

/** Held on one session for as long as a process looks after the database; the kernel frees it with the process. */
const supervisorLock = 4_872_119;
const startAttempts = 40;
const restartsPerMinute = 5;

/** Keeps one Postgres server running from `start` to `stop`. */
export class Supervisor {
  readonly #place: Place;
  readonly #account: Account;
  readonly #secrets: Secrets;
  readonly #settings: string[];
  readonly #onLost: (error: Error) => void;
  #postmaster: Postmaster | null = null;
  #session: pg.Client | null = null;
  #socketFolder = "";
  #stopping = false;
  #restarts: number[] = [];

  constructor(place: Place, account: Account, secrets: Secrets, settings: string[], onLost?: (error: Error) => void) {
    this.#place = place;
    this.#account = account;
    this.#secrets = secrets;
    this.#settings = settings;
    this.#onLost = onLost ?? (() => {});
  }

  /** Starts the server and answers with its socket folder once it takes connections. */
  async start(): Promise<string> {
    await this.#replaceOrphan();
    this.#socketFolder = makeSocketFolder(this.#place, this.#account);
    await this.#launch();
    return this.#socketFolder;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#session?.end().catch(() => {});
    await this.#postmaster?.stop();
  }

  async #replaceOrphan(): Promise<void> {
    const running = readPidFile(this.#place);
    if (!running) return;
    const session = await tryConnect(this.#superuserUrl(running.socketFolder));
    if (!session) return removeStalePidFile(this.#place);
    try {
      // The previous process may still be on its way out: give it a moment.
      for (let tries = 0; !(await takeLock(session)); tries++) {
        if (tries === 20) throw new Error("Another process is already running this instance.");
        await sleep(100);
      }
      await stopForeign(this.#place, running.pid);
    } finally {
      await session.end().catch(() => {});
    }
  }

  async #launch(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const postmaster = spawnPostmaster(this.#place, this.#account, this.#socketFolder, this.#settings);
      const session = await this.#awaitAnswer(postmaster);
      if (session && (await takeLock(session))) return this.#watch(postmaster, session);
      await session?.end().catch(() => {});
      await postmaster.stop();
      // After a kill the old backends need a moment to leave the shared memory.
      if (attempt === startAttempts) throw new Error(`The embedded database does not start:\n${this.#logTail()}`);
      await sleep(250);
    }
  }

  async #awaitAnswer({ process: child }: Postmaster): Promise<pg.Client | null> {
    while (child.exitCode === null && child.signalCode === null) {
      const session = await tryConnect(this.#superuserUrl(this.#socketFolder));
      if (session) return session;
      await sleep(20);
    }
    return null;
  }

  #watch(postmaster: Postmaster, session: pg.Client): void {
    this.#postmaster = postmaster;
    this.#session = session;
    postmaster.process.once("exit", () => {
      if (!this.#stopping) this.#restart().catch(this.#onLost);
    });
  }

  async #restart(): Promise<void> {
    const now = Date.now();
    this.#restarts = [...this.#restarts.filter((at) => at > now - 60_000), now];
    if (this.#restarts.length > restartsPerMinute) throw new Error("The embedded database keeps ending by itself.");
    await this.#session?.end().catch(() => {});
    await this.#launch();
    if (this.#stopping) await this.stop();
  }

  #superuserUrl(socketFolder: string): string {
    return toSocketUrl(socketFolder, roles.superuser, this.#secrets.superuser, "postgres");
  }

  #logTail(): string {
    return readFileSync(this.#place.log, "utf8").slice(-2_000);
  }
}

async function takeLock(session: pg.Client): Promise<boolean> {
  const { rows } = await session.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [
    supervisorLock,
  ]);
  return rows[0]?.taken === true;
}
