import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseAccount } from "#lib/db/embedded/account.ts";
import { type EmbeddedDatabase, findEmbedded, startEmbedded } from "#lib/db/embedded/index.ts";

let dir: string;
let started: EmbeddedDatabase[];
let children: ChildProcess[];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "cs-embedded-"));
  started = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const database of started) await database.stop();
  await expect.poll(() => alive(serverPid(), "postgres"), { timeout: 10_000 }).toBe(false);
  rmSync(base(), { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ dir });
  started.push(database);
  return database;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Where the database went: below `dir`, or elsewhere because `dir` is private and we are root. */
function base(): string {
  const pointer = path.join(dir, "postgres-folder");
  return existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : path.join(dir, "postgres");
}

function pidFile(): string {
  return path.join(base(), "data/postmaster.pid");
}

/** The running server; -1, which no file or signal accepts here, when there is none. */
function serverPid(): number {
  return existsSync(pidFile()) ? Number(readFileSync(pidFile(), "utf8").split("\n")[0]) : -1;
}

function kill(pid: number): void {
  if (pid < 2) throw new Error(`No such process: ${pid}`);
  process.kill(pid, "SIGKILL");
}

function alive(pid: number, program: string): boolean {
  try {
    return pid > 0 && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(program);
  } catch {
    return false;
  }
}

/** The supervising shell of a server and the shell's other children. */
function supervisorsOf(pid: number): { shell: number; watchers: number[] } {
  const shell = Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[3]);
  const children = readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8").split(" ").map(Number);
  return { shell, watchers: children.filter((id) => id > 1 && id !== pid) };
}

/** A process of its own that starts the database and says so. */
async function startElsewhere(): Promise<ChildProcess> {
  const entry = fileURLToPath(new URL("./index.ts", import.meta.url));
  const code = `const { startEmbedded } = await import(process.argv[1]);
    await startEmbedded({ dir: process.argv[2] }); console.log("ready"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, entry, dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout as NodeJS.ReadableStream, "data");
  return child;
}

describe("protection", () => {
  it("listens on no TCP port, in a folder nobody else can enter", async () => {
    const { superuserUrl, appUrl } = await start();
    expect(await query(superuserUrl, "SHOW listen_addresses")).toEqual([[""]]);
    const folder = new URL(appUrl).searchParams.get("host") as string;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(base()).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(dir, "secrets/postgres.json")).mode & 0o777).toBe(0o600);
  });

  it("forgets at its next start what a role made of its own sessions and password", async () => {
    const first = await start();
    const alter = "ALTER ROLE CURRENT_USER";
    const settings = ["IN DATABASE countersign SET statement_timeout = 1", "SET default_transaction_read_only = on"];
    await query(first.appUrl, `${alter} ${settings.join(`; ${alter} `)}; ${alter} PASSWORD 'mine now'`);
    await expect(query(first.appUrl, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    await first.stop();
    const { appUrl } = await start();
    expect(await query(appUrl, "SHOW default_transaction_read_only")).toEqual([["off"]]);
    expect(await query(appUrl, "SHOW statement_timeout")).toEqual([["0"]]);
  });

  it("asks every role for its password", async () => {
    const { superuserUrl, ownerUrl, appUrl } = await start();
    for (const url of [superuserUrl, ownerUrl, appUrl]) {
      const wrong = Object.assign(new URL(url), { password: "x".repeat(32) }).href;
      await expect(query(wrong, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    }
  });

  it("gives neither the owner nor the application superuser rights", async () => {
    const { ownerUrl, appUrl } = await start();
    for (const url of [ownerUrl, appUrl]) {
      const rights = await query(
        url,
        "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user",
      );
      expect(rights).toEqual([[false, false, false]]);
      await expect(query(url, "COPY (SELECT 1) TO PROGRAM 'true'")).rejects.toMatchObject({ code: "42501" });
    }
  });

  it.runIf(process.getuid?.() === 0)("runs under another account when we are root", async () => {
    await start();
    const account = chooseAccount();
    expect(account.kind).toBe("other");
    expect(statSync(`/proc/${serverPid()}`).uid).toBe(account.kind === "other" && account.uid);
  });
});

describe("recovery", () => {
  it("keeps acknowledged rows over a restart", async () => {
    const first = await start();
    await query(first.ownerUrl, "CREATE TABLE kept AS SELECT 42 AS n");
    await first.stop();
    expect(serverPid()).toBe(-1);
    const second = await start();
    expect(await query(second.ownerUrl, "SELECT n FROM kept")).toEqual([[42]]);
  });

  it("starts the server again, in place, when it is killed", async () => {
    const { ownerUrl } = await start();
    await query(ownerUrl, "CREATE TABLE kept AS SELECT 42 AS n");
    const killed = serverPid();
    kill(killed);
    await expect
      .poll(() => query(ownerUrl, "SELECT n FROM kept").catch(() => null), { timeout: 15_000 })
      .toEqual([[42]]);
    expect(serverPid()).not.toBe(killed);
  });

  it("leaves no server behind when its process is killed, and the next start finds everything", async () => {
    const child = await startElsewhere();
    const { ownerUrl } = (await findEmbedded(dir)) as EmbeddedDatabase;
    await query(ownerUrl, "CREATE TABLE kept AS SELECT 42 AS n");
    const pid = serverPid();
    child.kill("SIGKILL");
    await expect.poll(() => alive(pid, "postgres"), { timeout: 10_000 }).toBe(false);
    await start();
    expect(await query(ownerUrl, "SELECT n FROM kept")).toEqual([[42]]);
  });

  it("replaces a server that lost its supervisor", async () => {
    const child = await startElsewhere();
    const pid = serverPid();
    const { shell, watchers } = supervisorsOf(pid);
    for (const id of watchers) kill(id);
    // Before the shell, whose end would make it start the server anew.
    child.kill("SIGKILL");
    kill(shell);
    await sleep(300);
    expect(alive(pid, "postgres")).toBe(true);
    await start();
    expect(serverPid()).not.toBe(pid);
    expect(alive(pid, "postgres")).toBe(false);
  });

  it("starts although another program has the old process id", async () => {
    const first = await start();
    const file = pidFile();
    const text = readFileSync(file, "utf8");
    await first.stop();
    writeFileSync(file, text.replace(/^\d+/, String(process.pid)));
    const second = await start();
    expect(await query(second.appUrl, "SELECT 1")).toEqual([[1]]);
  });

  it("refuses a second supervisor while the first lives, and disturbs nothing", async () => {
    const { appUrl } = await start();
    const pid = serverPid();
    await expect(startEmbedded({ dir })).rejects.toThrow(/already running/);
    expect(serverPid()).toBe(pid);
    expect(await query(appUrl, "SELECT 1")).toEqual([[1]]);
  });
});
