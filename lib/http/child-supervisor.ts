import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export type ChildOptions = {
  /** Module to run; gets the socket path as its first argument and sends "ready" once it serves there. */
  module: URL;
  env: NodeJS.ProcessEnv;
  execArgv?: string[];
  log: (message: string) => void;
  /** First wait before a restart, in milliseconds; doubles up to 10 s and falls back after a minute of service. */
  backOffMs?: number;
};

const maxBackOffMs = 10_000;
const steadyMs = 60_000;

/** Keeps one child process serving HTTP on a private unix socket, from `start` to `stop`. */
export class ChildSupervisor {
  readonly #options: ChildOptions;
  readonly #folder: string;
  #child: ChildProcess | null = null;
  #socket: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #starts = 0;
  #failures = 0;
  #served = false;
  #stopping = false;

  constructor(options: ChildOptions) {
    this.#options = options;
    this.#folder = mkdtempSync(path.join(tmpdir(), "cs-"));
    chmodSync(this.#folder, 0o700);
  }

  /** Where the child answers; null while it is down. */
  socket(): string | null {
    return this.#socket;
  }

  /** Process id of the child; null while it is down. */
  pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Starts the child. @throws Error when it ends before it is ready the first time. */
  async start(): Promise<void> {
    const child = this.#spawn();
    const [answer] = await Promise.race([once(child, "message"), once(child, "exit").then(() => [null])]);
    if (answer !== "ready") {
      await this.stop();
      throw new Error("The page process ended before it was ready.");
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), 3_000);
      await exited;
      clearTimeout(force);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #spawn(): ChildProcess {
    // A new path each time: the socket file of a killed child would be in the way.
    const socket = path.join(this.#folder, `${++this.#starts}`);
    const startedAt = Date.now();
    const { module, env, execArgv = [] } = this.#options;
    const child = fork(module, [socket], { env, execArgv, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.#child = child;
    child.once("message", () => {
      this.#socket = socket;
      this.#served = true;
    });
    child.once("exit", (code, signal) => {
      this.#socket = null;
      this.#child = null;
      if (Date.now() - startedAt > steadyMs) this.#failures = 0;
      if (!this.#stopping && this.#served) this.#restartLater(signal ?? `code ${code}`);
    });
    child.on("error", () => {});
    return child;
  }

  #restartLater(reason: string): void {
    const wait = Math.min((this.#options.backOffMs ?? 250) * 2 ** this.#failures++, maxBackOffMs);
    this.#options.log(`The page process ended (${reason}); starting it again in ${wait} ms.`);
    this.#timer = setTimeout(() => this.#spawn(), wait);
  }
}
