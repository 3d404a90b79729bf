import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request as openRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ApiLimits } from "#lib/http/api-limits.ts";
import { createClientAddress, localHeader } from "#lib/http/forwarded.ts";
import { createFrontDoor } from "#lib/http/front-door.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { createProxy } from "#lib/http/proxy.ts";
import { createLocalCheck } from "#lib/http/rate-origin.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

// Requests reach the page process from our own front door, over a unix socket: who asked is for the front door to say.

const publicUrl = "http://localhost:3000";
const perMinute = 3;
const handler = route({ caller: "anyone", input: anyInput, run: async ({ ctx }) => ({ address: ctx.address }) });
const folder = mkdtempSync(path.join(tmpdir(), "cs-hop-"));
const socketPath = path.join(folder, "pages");
const pages = createServer(async (asked, response) => {
  const headers = Object.entries(asked.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const answer = await handler(new Request(`${publicUrl}${asked.url}`, { headers }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
});
let database: TestDatabase;
let door: Server;
let close = () => {};

beforeAll(async () => {
  database = await createTestDatabase();
  pages.listen(socketPath);
  await once(pages, "listening");
});
afterAll(async () => {
  pages.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  const limits = new ApiLimits({ perMinute, tokenPerMinute: 1, clock: () => 0 });
  Object.assign(globalThis, { countersignApiLimits: limits });
});
afterEach(() => close());

async function openDoor(trustedProxies: string[]): Promise<void> {
  const proxy = createProxy({
    target: () => socketPath,
    clientAddress: createClientAddress(trustedProxies),
    isLocal: createLocalCheck(trustedProxies),
    publicUrl,
    maxBodyBytes: 1_000,
  });
  const nobody = () => {};
  door = createFrontDoor({ publicUrl, checkHost: () => "public", readPlane: nobody, pages: proxy.handle });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  close = () => {
    proxy.close();
    door.closeAllConnections();
    door.close();
    close = () => {};
  };
}

async function ask(headers: Record<string, string> = {}) {
  const { port } = door.address() as AddressInfo;
  const asked = openRequest({ port, path: "/api/v1/test", headers: { host: "localhost:3000", ...headers } }).end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const body = JSON.parse(await text(answer)) as Record<string, unknown>;
  return { status: answer.statusCode, limit: answer.headers.ratelimit, body };
}

const forwarded = (address: string) => ({ "x-forwarded-for": address });
const left = (remaining: number) => `"address";r=${remaining};t=60`;

describe("through a proxy of ours, although it is on this machine", () => {
  beforeEach(() => openDoor(["127.0.0.1"]));

  it("each client it names has a quota, and is told what is left of it", async () => {
    for (const remaining of [2, 1, 0]) {
      const { status, limit, body } = await ask(forwarded("203.0.113.9"));
      expect([status, limit, body.address]).toEqual([200, left(remaining), "203.0.113.9"]);
    }
    const refused = await ask(forwarded("203.0.113.9"));
    expect([refused.status, refused.limit, refused.body.code]).toEqual([429, left(0), "rate-limited"]);
    expect((await ask(forwarded("203.0.113.10"))).limit).toBe(left(2));
  });

  it.each([
    ["one that names none", {}],
    ["one that names this machine", forwarded("127.0.0.1")],
    ["a client that claims to be on this machine", { ...forwarded("203.0.113.9"), [localHeader]: "1" }],
    ["a client that claims to have come through more proxies", forwarded("127.0.0.1, 203.0.113.9")],
  ])("%s is counted", async (_who, headers) => {
    for (const remaining of [2, 1, 0]) expect((await ask(headers)).limit).toBe(left(remaining));
    expect((await ask(headers)).status).toBe(429);
  });
});

describe("from this machine, without a proxy", () => {
  beforeEach(() => openDoor(["10.0.0.0/8"]));

  it.each([
    ["nothing is counted", {}],
    ["nor what claims to be for somebody else", forwarded("203.0.113.9")],
    ["nor what claims not to be local", { [localHeader]: "" }],
  ])("%s", async (_what, headers) => {
    for (let i = 0; i <= perMinute; i++) {
      const { status, limit, body } = await ask(headers);
      expect([status, limit, body.address]).toEqual([200, undefined, "127.0.0.1"]);
    }
  });
});

it.each([
  ["127.0.0.1", [], true],
  ["::1", [], true],
  ["::ffff:127.0.0.1", [], true],
  ["127.8.8.8", ["127.0.0.1"], true],
  ["127.0.0.1", ["127.0.0.0/8"], false],
  ["::ffff:127.0.0.1", ["127.0.0.1"], false],
  ["10.1.2.3", ["10.0.0.0/8"], false],
  ["203.0.113.9", [], false],
])("a peer at %s, with the proxies %j, is on this machine: %s", (remoteAddress, trusted, local) => {
  const request = { socket: { remoteAddress }, headers: forwarded("127.0.0.1") } as never;
  expect(createLocalCheck(trusted)(request)).toBe(local);
});
