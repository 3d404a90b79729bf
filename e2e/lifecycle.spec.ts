import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { type Instance, startInstance } from "./fixtures/instance.ts";

// The process tree of an installation: what signals, kills and restarts do to it. No page is looked at.

test.describe.configure({ mode: "serial" });

let dir: string;
let instance: Instance;
let port: string;

test.beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), "cs-e2e-life-"));
  instance = await startInstance({ kind: "production", dir });
  port = new URL(instance.url).port;
});

test.afterAll(async () => {
  await instance.stop();
  rmSync(dir, { recursive: true, force: true });
});

const restart = () => startInstance({ kind: "production", dir, env: { PORT: port } });
const linkFile = () => path.join(dir, "production/secrets/first-admin-link");

async function status(url: string): Promise<number> {
  return fetch(instance.url + url).then(
    (response) => response.status,
    () => 0,
  );
}

type Process = { pid: number; parent: number; command: string };

function readProcesses(): Process[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      return [
        { pid: Number(pid), parent, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") },
      ];
    } catch {
      return [];
    }
  });
}

function childrenOf(pid: number): Process[] {
  const all = readProcesses();
  const direct = all.filter((process) => process.parent === pid);
  return direct.flatMap((process) => [process, ...childrenOf(process.pid)]);
}

function isAlive(pid: number): boolean {
  return readProcesses().some((process) => process.pid === pid);
}

function find(part: string): Process {
  const found = childrenOf(instance.pid).find((process) => process.command.includes(part));
  if (!found) throw new Error(`No child runs ${part}`);
  return found;
}

/** The database server itself: the shell that looks after it has the same words in its command line. */
function serverProcess(): Process | undefined {
  return childrenOf(instance.pid).find(({ command }) => /^\S+\/bin\/postgres -D /.test(command));
}

test("the first administrator's link is in a private file, and nowhere in the output", () => {
  const link = readFileSync(linkFile(), "utf8").trim();
  expect(link).toMatch(new RegExp(`^${instance.url}/setup#`));
  expect(statSync(linkFile()).mode & 0o777).toBe(0o600);
  expect(instance.output()).toContain(linkFile());
  expect(instance.output()).not.toContain(link.split("#")[1]);
});

test("no key or secret can be read by others", () => {
  for (const file of ["keys/registry.key", "secrets/session", "secrets/postgres.json"]) {
    expect(statSync(path.join(dir, "production", file)).mode & 0o077, file).toBe(0);
  }
});

test("pages come back after their process is killed; reading goes on meanwhile", async () => {
  process.kill(find("next-child").pid, "SIGKILL");
  await expect.poll(() => status("/sign-in")).toBe(503);
  expect(await status("/v0.1/servers")).toBe(200);
  await expect.poll(() => status("/sign-in"), { timeout: 15_000 }).toBe(200);
});

test("reading goes on while the database is killed, and pages come back with it", async () => {
  const killed = serverProcess()?.pid ?? 0;
  process.kill(killed, "SIGKILL");
  expect(await status("/v0.1/servers")).toBe(200);
  await expect.poll(() => (serverProcess()?.pid ?? killed) !== killed, { timeout: 15_000 }).toBe(true);
  await expect.poll(() => status("/sign-in"), { timeout: 15_000 }).toBe(200);
});

test("kill -9 leaves nothing behind, and the next start is the same registry, soon", async () => {
  const key = readFileSync(path.join(dir, "production/keys/key-set.json"), "utf8");
  const left = childrenOf(instance.pid);
  expect(left.length).toBeGreaterThan(1);
  process.kill(instance.pid, "SIGKILL");
  await expect.poll(() => left.filter((child) => isAlive(child.pid)), { timeout: 10_000 }).toEqual([]);
  const before = Date.now();
  instance = await restart();
  // 1.5 s on a quiet machine; other tests run beside this one.
  expect(Date.now() - before).toBeLessThan(10_000);
  expect(readFileSync(path.join(dir, "production/keys/key-set.json"), "utf8")).toBe(key);
});

test("a second start says that the port is taken, and disturbs nothing", async () => {
  await expect(restart()).rejects.toThrow(/code 75[\s\S]*already in use/);
  expect(await status("/sign-in")).toBe(200);
});

test("a demo never starts on a production database", async () => {
  const database = JSON.parse(readFileSync(path.join(dir, "production/secrets/postgres.json"), "utf8"));
  const socket = path.join(dir, "production/postgres/run");
  const url = `postgresql://countersign_app:${database.app}@localhost/countersign?host=${encodeURIComponent(socket)}`;
  const owner = url.replace(`countersign_app:${database.app}`, `countersign_owner:${database.owner}`);
  const attempt = startInstance({ kind: "demo", env: { DATABASE_URL: url, DATABASE_OWNER_URL: owner } });
  await expect(attempt).rejects.toThrow(/code 78[\s\S]*belongs to a production instance/);
});

test("a wrong configuration ends the start with the whole list", () => {
  const env = { PATH: process.env.PATH, PORT: "x", HOST: "0.0.0.0" } as unknown as NodeJS.ProcessEnv;
  const result = spawnSync(process.execPath, ["server.ts"], { env, encoding: "utf8" });
  expect(result.status).toBe(78);
  for (const name of ["PORT", "PUBLIC_URL", "ANONYMOUS_READ"]) expect(result.stderr).toContain(`- ${name} `);
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`${signal} ends every child`, async () => {
    const all = [instance.pid, ...childrenOf(instance.pid).map((child) => child.pid)];
    expect(all.length).toBeGreaterThan(2);
    process.kill(instance.pid, signal);
    await expect.poll(() => all.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    instance = await restart();
  });
}
