import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { ChildSupervisor } from "#lib/http/child-supervisor.ts";

const module = new URL("../testing/echo-child.ts", import.meta.url);
let supervisor: ChildSupervisor | undefined;
let other: ChildProcess | undefined;

afterEach(async () => {
  await supervisor?.stop();
  other?.kill("SIGKILL");
});

function create(log: (message: string) => void = () => {}, execArgv: string[] = []): ChildSupervisor {
  supervisor = new ChildSupervisor({ module, env: process.env, execArgv, log, backOffMs: 20 });
  return supervisor;
}

async function ask(socketPath: string | null): Promise<{ pid: number }> {
  if (!socketPath) throw new Error("down");
  const sent = request({ socketPath }).end();
  const [response] = await once(sent, "response");
  return JSON.parse(await text(response));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it("starts a killed child again, on another socket", async () => {
  const messages: string[] = [];
  const child = create((message) => messages.push(message));
  await child.start();
  const first = child.socket();
  const { pid } = await ask(first);
  process.kill(pid, "SIGKILL");
  await expect.poll(() => child.socket()).toBeNull();
  await expect.poll(() => child.socket(), { timeout: 10_000 }).not.toBeNull();
  expect(child.socket()).not.toBe(first);
  expect((await ask(child.socket())).pid).not.toBe(pid);
  expect(messages[0]).toContain("SIGKILL");
});

it("ends the child and its folder on stop, and does not start it again", async () => {
  const child = create();
  await child.start();
  const socket = child.socket() as string;
  const pid = child.pid() as number;
  await child.stop();
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(path.dirname(socket))).toBe(false);
});

it("says so when the child never becomes ready", async () => {
  const broken = ["--eval", "process.exit(3)"];
  await expect(create(() => {}, broken).start()).rejects.toThrow(/before it was ready/);
});

it("leaves no child behind when we are killed", async () => {
  const code = `const { ChildSupervisor } = await import(process.argv[1]);
    const child = new ChildSupervisor({ module: new URL(process.argv[2]), env: process.env, log() {} });
    await child.start(); console.log(child.pid()); setInterval(() => {}, 1000);`;
  const entry = fileURLToPath(new URL("./child-supervisor.ts", import.meta.url));
  other = spawn(process.execPath, ["--input-type=module", "-e", code, entry, module.href], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(other.stdout as NodeJS.ReadableStream, "data");
  const pid = Number(String(line));
  expect(isAlive(pid)).toBe(true);
  other.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
});
