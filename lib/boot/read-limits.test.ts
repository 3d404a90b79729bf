import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Installed, install } from "#lib/boot/testing/installed.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { type ServerProcess, startServer } from "#lib/testing/server-process.ts";

// The settings reach a real process: limits are counted there, by what a configured proxy forwards.

const path = `/v0.1/servers/${encodeURIComponent(sampleManifest.name)}/versions/latest`;
let installed: Installed;
let resolver: ServerProcess;

beforeAll(async () => {
  installed = await install();
  const limits = { TRUSTED_PROXIES: "127.0.0.1", READ_RATE_PER_MINUTE: "3" };
  resolver = await startServer({ ...(await installed.settings()), ...limits }, ["--role=resolver"]);
}, 120_000);

afterAll(async () => {
  await resolver?.end("SIGKILL");
  await installed.close();
});

async function ask(client: string, at = path) {
  const headers = { host: "registry.example.com", "x-forwarded-for": client };
  const [answer] = (await once(request({ port: resolver.port, path: at, headers }).end(), "response")) as [
    IncomingMessage,
  ];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

it("a client of the proxy has its quota, and another its own", async () => {
  for (const left of [2, 1, 0]) {
    const { status, headers } = await ask("203.0.113.9");
    expect([status, headers["ratelimit-policy"]]).toEqual([200, '"address";q=3;w=60']);
    expect(headers.ratelimit).toMatch(new RegExp(`^"address";r=${left};t=\\d+$`));
  }
  const refused = await ask("203.0.113.9");
  expect([refused.status, JSON.parse(refused.body).code]).toEqual([429, "rate-limited"]);
  expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(60);
  expect((await ask("203.0.113.9", "/v0.1/health")).status).toBe(200);
  expect((await ask("203.0.113.10")).status).toBe(200);
});

it("a connection with too many unanswered requests ends, and the process goes on", async () => {
  const socket = connect(resolver.port, "127.0.0.1").on("error", () => {});
  const one = `GET ${path} HTTP/1.1\r\nHost: registry.example.com\r\nX-Forwarded-For: 198.51.100.1\r\n\r\n`;
  socket.write(one.repeat(500));
  socket.resume();
  await once(socket, "close");
  expect((await ask("203.0.113.11")).status).toBe(200);
});
