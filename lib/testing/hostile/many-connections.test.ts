import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { get } from "#lib/testing/hostile/raw-peer.ts";
import type { Weighing } from "#lib/testing/hostile/server-child.ts";
import { largeList, latest } from "#lib/testing/hostile/stage.ts";

const wanted = 10_000;
/** Kept free for everything else a process has open. */
const reserve = 500;
/** At once, so that the queue of connections to be accepted does not overflow. */
const batch = 250;
const maxBytesPerConnection = 40 * 1024;

let child: ChildProcess;
let port: number;
const sockets: Socket[] = [];

beforeAll(async () => {
  const module = new URL("./server-child.ts", import.meta.url);
  child = fork(module, { execArgv: ["--expose-gc"], stdio: "inherit" });
  const [ready] = (await once(child, "message")) as [{ port: number }];
  port = ready.port;
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  const gone = once(child, "exit");
  child.disconnect();
  await gone;
});

/** So many as this machine lets one process open, if that is fewer. */
function countPossible(): number {
  const limit = execFileSync("sh", ["-c", "ulimit -Hn"], { encoding: "utf8" }).trim();
  return limit === "unlimited" ? wanted : Math.min(wanted, Number(limit) - reserve);
}

async function weigh(): Promise<Weighing> {
  const answer = once(child, "message");
  child.send("weigh");
  return (await answer)[0] as Weighing;
}

/** Opens a connection; every second one has been used once, the others say nothing. */
async function open(at: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  await once(socket, "connect");
  if (at % 2 === 0) return;
  socket.write(get("/v0.1/ping"));
  await once(socket, "data");
}

async function ask(path: string) {
  const headers = { host: "registry.example.com" };
  const [response] = await once(request({ port, path, headers, agent: false }).end(), "response");
  return { status: response.statusCode, bytes: (await buffer(response)).length };
}

it("10,000 idle connections cost little memory each, and others are served", async () => {
  const count = countPossible();
  expect(count).toBeGreaterThan(500);
  await ask(largeList);
  const before = await weigh();
  for (let opened = 0; opened < count; opened += batch) {
    await Promise.all(Array.from({ length: Math.min(batch, count - opened) }, (_, at) => open(opened + at)));
  }
  const after = await weigh();
  expect(after.connections).toBe(count);
  expect((after.rssBytes - before.rssBytes) / count).toBeLessThan(maxBytesPerConnection);
  expect((await ask(latest)).status).toBe(200);
  expect((await ask(largeList)).bytes).toBeGreaterThan(9_000_000);
}, 60_000);
