import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Account, asAccount } from "#lib/db/embedded/account.ts";
import { postgresEnv } from "#lib/db/embedded/binaries.ts";
import type { Place } from "#lib/db/embedded/place.ts";

/**
 * The shell starts Postgres and, beside it, a reader of our pipe. The kernel closes the pipe when we end, however we
 * end, and the reader then asks Postgres for a fast shutdown: no orphan survives even `kill -9` of this process.
 */
const wrapper = `exec 3<&0
"$@" </dev/null 3<&- & server=$!
( cat <&3 >/dev/null; kill -INT $server 2>/dev/null ) & watch=$!
wait $server; code=$?
kill $watch 2>/dev/null
exit $code`;

const maxLogBytes = 10 * 1024 * 1024;

export type Postmaster = { process: ChildProcess; stop: () => Promise<void> };

/** Starts the server process; it may not answer yet. `settings` are extra `-c` settings. */
export function spawnPostmaster(place: Place, account: Account, socketFolder: string, settings: string[]): Postmaster {
  const all = ["listen_addresses=", `unix_socket_directories=${socketFolder}`, "unix_socket_permissions=0700"];
  const args = ["-D", place.data, "-p", "5432", ...[...all, ...settings].flatMap((setting) => ["-c", setting])];
  const { file, args: line, options } = asAccount(account, path.join(place.bin, "postgres"), args);
  const log = openLog(place.log);
  const child = spawn("/bin/sh", ["-c", wrapper, "sh", file, ...line], {
    ...options,
    cwd: place.base,
    env: postgresEnv,
    // A process group of its own: Ctrl-C reaches us, and we end the database last.
    detached: true,
    stdio: ["pipe", log, log],
  });
  closeSync(log);
  child.stdin?.on("error", () => {});
  return { process: child, stop: () => stop(child) };
}

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxLogBytes) renameSync(file, `${file}.old`);
  return openSync(file, "a", 0o600);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.stdin?.destroy();
  await exited;
}

/** What `postmaster.pid` says about a server that runs, or ran, on the data folder. */
export function readPidFile(place: Place): { pid: number; socketFolder: string } | null {
  try {
    const lines = readFileSync(path.join(place.data, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    const socketFolder = lines[4]?.trim();
    return Number.isInteger(pid) && pid > 1 && socketFolder ? { pid, socketFolder } : null;
  } catch {
    return null;
  }
}

/** After a reboot another program may have the old process id, and Postgres would refuse to start because of it. */
export function removeStalePidFile(place: Place): void {
  const found = readPidFile(place);
  if (!found || process.platform !== "linux") return;
  let program: string;
  try {
    program = readFileSync(`/proc/${found.pid}/cmdline`, "utf8");
  } catch {
    return;
  }
  if (!program.includes("postgres")) rmSync(path.join(place.data, "postmaster.pid"), { force: true });
}

/** Asks a server that is not our child for a fast shutdown and waits until it is gone, at most `timeoutMs`. */
export async function stopForeign(place: Place, pid: number, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  process.kill(pid, "SIGINT");
  while (readPidFile(place)?.pid === pid) {
    if (Date.now() > deadline) throw new Error(`The running database (process ${pid}) does not stop.`);
    await sleep(50);
  }
}

/** Connects once; null when no server answers there yet. @throws Error on any other failure, such as a wrong password. */
export async function tryConnect(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    const { code } = error as { code?: string };
    // 57P03: starting up or shutting down.
    if (["ENOENT", "ECONNREFUSED", "ECONNRESET", "EPIPE", "57P03"].includes(code ?? "")) return null;
    if (error instanceof Error && error.message.includes("terminated")) return null;
    throw error;
  }
}
