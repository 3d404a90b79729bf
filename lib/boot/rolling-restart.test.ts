import { Agent, type IncomingMessage, request as openRequest } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Balancer, startBalancer } from "#lib/boot/testing/balancer.ts";
import { type Installed, install } from "#lib/boot/testing/installed.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { type ServerProcess, startServer } from "#lib/testing/server-process.ts";

const readers = 8;
const path = `/v0.1/servers/${encodeURIComponent(sampleManifest.name)}/versions/latest`;

let installed: Installed;
let balancer: Balancer;
const running = new Map<string, ServerProcess>();

beforeAll(async () => {
  installed = await install();
});
afterAll(async () => {
  balancer?.close();
  for (const server of running.values()) await server.end("SIGKILL");
  await installed.close();
});

/** A resolver on the port its settings name, which stays the same over restarts. */
async function start(settings: Record<string, string>): Promise<ServerProcess> {
  const server = await startServer(settings, ["--role=resolver"]);
  running.set(settings.PORT ?? "", server);
  return server;
}

async function read(agent: Agent): Promise<string> {
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { host: "registry.example.com" };
      openRequest({ port: balancer.port, agent, path, headers }, resolve).on("error", reject).end();
    });
    const body = await text(response);
    const whole = response.statusCode === 200 && JSON.parse(body).server.name === sampleManifest.name;
    return whole ? "answered" : `${response.statusCode} ${body.slice(0, 200)}`;
  } catch (error) {
    return String(error);
  }
}

it("two resolvers restarted one after the other, under load, drop no request", async () => {
  const settings = [await installed.settings(), await installed.settings()].map((each) => ({
    ...each,
    DRAIN_SECONDS: "2",
  }));
  const first = await Promise.all(settings.map(start));
  balancer = await startBalancer(first.map(({ port }) => port));

  const outcomes = new Map<string, number>();
  let done = false;
  const load = Array.from({ length: readers }, async () => {
    const agent = new Agent({ keepAlive: true });
    while (!done) {
      const outcome = await read(agent);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    agent.destroy();
  });

  const since = () => [...balancer.given.values()].reduce((sum, count) => sum + count, 0);
  const restarted: number[] = [];
  for (const [index, old] of first.entries()) {
    const before = since();
    expect(await old.end("SIGTERM")).toBe(0);
    const next = await start(settings[index] ?? {});
    restarted.push(next.pid);
    const given = balancer.given.get(next.port) ?? 0;
    // Nobody is stopped before the balancer has come back to the one that was.
    await expect.poll(() => balancer.given.get(next.port) ?? 0, { timeout: 60_000 }).toBeGreaterThan(given + readers);
    expect(since()).toBeGreaterThan(before);
  }
  done = true;
  await Promise.all(load);

  expect(Object.fromEntries(outcomes)).toEqual({ answered: expect.any(Number) });
  expect(outcomes.get("answered")).toBeGreaterThan(500);
  expect(new Set([...first.map(({ pid }) => pid), ...restarted]).size).toBe(4);
}, 120_000);

it("a resolver told to stop first says so, asks connections to close, and finishes what it has begun", async () => {
  const server = await start({ ...(await installed.settings()), DRAIN_SECONDS: "3" });
  const agent = new Agent({ keepAlive: true });
  const ask = (url: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { host: "registry.example.com" };
      openRequest({ port: server.port, agent, path: url, headers }, resolve).on("error", reject).end();
    });
  const before = await ask(path);
  before.resume();
  expect(before.headers.connection).toBe("keep-alive");
  const ended = server.end("SIGTERM");
  const readiness = async () => (await ask("/readyz").then((r) => r.resume())).statusCode;
  await expect.poll(readiness, { timeout: 10_000 }).toBe(503);
  const during = await ask(path);
  expect([during.statusCode, during.headers.connection]).toEqual([200, "close"]);
  expect(JSON.parse(await text(during)).server.name).toBe(sampleManifest.name);
  expect((await ask("/livez").then((r) => r.resume())).statusCode).toBe(200);
  expect(await ended).toBe(0);
  agent.destroy();
  await expect(ask(path)).rejects.toThrow(/ECONNREFUSED/);
}, 60_000);
