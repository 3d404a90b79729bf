import { once } from "node:events";
import { request as openRequest, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ChildSupervisor } from "#lib/http/child-supervisor.ts";
import { createClientAddress } from "#lib/http/forwarded.ts";
import { createFrontDoor } from "#lib/http/front-door.ts";
import { createHostCheck } from "#lib/http/hosts.ts";
import { createProxy } from "#lib/http/proxy.ts";
import { rateLimitedRequests } from "#lib/metrics/index.ts";

const publicUrl = "https://registry.example.com";
const maxBodyBytes = 1_000;
let child: ChildSupervisor;
let server: Server;
let port: number;
let target: (() => string | null) | null = null;

beforeAll(async () => {
  child = new ChildSupervisor({
    module: new URL("../testing/echo-child.ts", import.meta.url),
    env: process.env,
    log: () => {},
  });
  await child.start();
  const proxy = createProxy({
    target: () => (target ?? (() => child.socket()))(),
    clientAddress: createClientAddress([]),
    isLocal: () => false,
    publicUrl,
    maxBodyBytes,
  });
  server = createFrontDoor({
    publicUrl,
    checkHost: createHostCheck({ publicUrl, host: "127.0.0.1", port: 4321 }),
    readPlane: (_request, response) => response.end("read plane"),
    pages: proxy.handle,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await child.stop();
});

type Sent = { method?: string; path?: string; host?: string; headers?: Record<string, string>; body?: string };

async function send({ method = "GET", path = "/", host = "registry.example.com", headers = {}, body }: Sent) {
  const request = openRequest({ port, method, path, headers: { host, ...headers } });
  request.end(body);
  const [response] = await once(request, "response");
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** Bytes as they are, for requests no client library would send. */
async function sendRaw(bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

describe("Host", () => {
  it.each(["registry.example.com", "REGISTRY.example.com", "registry.example.com:443", "127.0.0.1:4321", "[::1]:4321"])(
    "%s is served",
    async (host) => {
      expect((await send({ host })).status).toBe(200);
    },
  );

  it.each([
    "evil.example",
    "registry.example.com.evil.example",
    "registry.example.com:8443",
    "127.0.0.1",
    "localhost:80",
    "x@registry.example.com",
  ])("%s is misdirected, on the read plane too", async (host) => {
    for (const path of ["/", "/v0.1/servers", "/v0.1/health/", "/api/v1/publish"]) {
      const { status, headers, body } = await send({ host, path });
      expect(status).toBe(421);
      expect(headers["content-type"]).toBe("application/problem+json");
      expect(JSON.parse(body)).toMatchObject({ code: "misdirected-request", status: 421 });
    }
  });

  it("does not matter for health", async () => {
    expect(await send({ host: "evil.example", path: "/v0.1/health" })).toMatchObject({
      status: 200,
      body: "read plane",
    });
  });

  it("is not taken from a full address in the request line", async () => {
    const answer = await sendRaw("GET http://evil.example/ HTTP/1.1\r\nHost: registry.example.com\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("missing is refused", async () => {
    expect(await sendRaw("GET / HTTP/1.1\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await sendRaw("GET / HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 421 /);
  });

  it("sends a browser on another name of this machine to PUBLIC_URL", async () => {
    const sent = await send({ host: "localhost:4321", path: "//evil.example/a?b", headers: { accept: "text/html" } });
    expect(sent).toMatchObject({
      status: 307,
      headers: { location: "https://registry.example.com//evil.example/a?b" },
    });
  });
});

describe("the page process", () => {
  it("gets method, path, body and our own forwarded headers only", async () => {
    const { body } = await send({
      method: "POST",
      path: "/api/v1/publish?dry-run=true",
      body: "hello",
      headers: {
        "x-forwarded-for": "6.6.6.6",
        "x-forwarded-host": "evil.example",
        "x-forwarded-port": "1",
        forwarded: "for=6.6.6.6",
        "x-real-ip": "6.6.6.6",
        "x-middleware-subrequest": "proxy:proxy:proxy",
        "x-nonce": "chosen",
        "x-request-id": "chosen-by-a-client",
        "x-countersign-metrics": "1",
        authorization: "Bearer kept",
      },
    });
    const seen = JSON.parse(body);
    expect(seen).toMatchObject({ method: "POST", url: "/api/v1/publish?dry-run=true", body: "hello" });
    expect(seen.headers).toMatchObject({
      host: "registry.example.com",
      authorization: "Bearer kept",
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": "registry.example.com",
      "x-forwarded-proto": "https",
    });
    for (const name of [
      "x-forwarded-port",
      "forwarded",
      "x-real-ip",
      "x-middleware-subrequest",
      "x-nonce",
      "x-countersign-metrics",
    ]) {
      expect(seen.headers).not.toHaveProperty(name);
    }
  });

  it.each(["GET", "DELETE", "OPTIONS", "POST"])(
    "gets the body of a chunked %s as a body, never as a request",
    async (method) => {
      const smuggled = "GET /smuggled HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n";
      const answer = await sendRaw(
        `${method} /first HTTP/1.1\r\nHost: registry.example.com\r\nConnection: close\r\n` +
          `Transfer-Encoding: chunked\r\n\r\n${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`,
      );
      const seen = JSON.parse(answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1));
      expect(seen).toMatchObject({ method, url: "/first", body: smuggled });
    },
  );

  it("answers through us, both under one id of ours", async () => {
    const { headers, body } = await send({ headers: { "x-request-id": "chosen-by-a-client" } });
    expect(headers["x-answered-by"]).toBe("child");
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(body).headers["x-countersign-request-id"]).toBe(headers["x-request-id"]);
  });

  it("answers an upgrade request as an ordinary one", async () => {
    const answer = await sendRaw(
      "GET / HTTP/1.1\r\nHost: registry.example.com\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).not.toContain('"upgrade"');
  });

  it.each(["POST", "DELETE"])("refusing %s is answered with what is possible", async (method) => {
    const { status, headers, body } = await send({ method, path: "/read-only" });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: "GET, HEAD, OPTIONS" });
    expect(JSON.parse(body)).toMatchObject({ code: "method-not-allowed", status: 405 });
  });

  it.each(["TRACE", "PROPFIND"])("never sees %s", async (method) => {
    const { status, headers, body } = await send({ method });
    expect({ status, allow: headers.allow }).toEqual({
      status: 405,
      allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
    });
    expect(JSON.parse(body).code).toBe("method-not-allowed");
  });

  it("never sees a body that says it is too large", async () => {
    const { status } = await send({ method: "POST", body: "x".repeat(maxBodyBytes + 1) });
    expect(status).toBe(413);
  });

  it("never finishes a body that turns out too large", async () => {
    const { status, body } = await send({
      method: "POST",
      headers: { "transfer-encoding": "chunked" },
      body: "x".repeat(maxBodyBytes + 1),
    });
    expect(status).toBe(413);
    expect(JSON.parse(body).code).toBe("payload-too-large");
  });

  it("that breaks off leaves the client with a broken answer, not a whole one", async () => {
    await expect(send({ path: "/cut" })).rejects.toThrow(/aborted|hang up/);
  });

  it("that is down means 503 with a time to come back, and the read plane goes on", async () => {
    target = () => null;
    const down = await send({});
    expect(down).toMatchObject({ status: 503, headers: { "retry-after": "2" } });
    expect(JSON.parse(down.body).code).toBe("unavailable");
    expect((await send({ path: "/v0.1/servers" })).status).toBe(200);
    target = () => "/nonexistent/socket";
    expect((await send({})).status).toBe(503);
    target = null;
  });
});

describe("limits", () => {
  it("keeps one network from holding up all others with bodies it never finishes", async () => {
    const slow = "POST / HTTP/1.1\r\nHost: registry.example.com\r\nContent-Length: 500\r\n\r\nx";
    const sockets = Array.from({ length: 64 }, () => connect(port, "127.0.0.1"));
    for (const socket of sockets) socket.write(slow);
    await vi.waitFor(async () => expect((await send({})).status).toBe(429));
    expect(rateLimitedRequests("concurrency").value).toBe(1);
    const refused = await send({});
    expect(refused.headers["retry-after"]).toBe("1");
    expect(JSON.parse(refused.body).code).toBe("rate-limited");
    expect((await send({ path: "/v0.1/servers" })).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect((await send({})).status).toBe(200));
  });

  it("refuses a page address that is no valid percent-encoding, and leaves those of readers to the read plane", async () => {
    for (const path of ["/servers/a/%ff", "/%", "/x%e0%a4"]) {
      const { status, body } = await send({ path });
      expect([path, status, JSON.parse(body).code]).toEqual([path, 400, "bad-request"]);
    }
    expect((await send({ path: "/v0.1/servers/%ff" })).body).toBe("read plane");
  });

  it.each([
    "//c/team/SECRET/v0.1/servers",
    "/\\c/team/SECRET/v0.1/servers",
    "/C/team/SECRET/v0.1/servers",
    "/%63/team/%63sc_%61SECRET/v0.1/servers",
    "/x/../c/team/SECRET",
    "/servers/SECRET/weather?tab=raw",
  ])("repeats the secret of a channel's address nowhere, however it is written: %s", async (given) => {
    const secret = "a1B2".repeat(12);
    const path = given.replace(/(%61)?SECRET/, (_all, encoded) => (encoded ? `%61${secret}` : `csc_${secret}Z`));
    const answer = await sendRaw(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:4321\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 404 [\s\S]*referrer-policy: no-referrer[\s\S]*"code":"not-found"/);
    expect(answer).not.toContain(secret);
  });

  it("refuses a long address", async () => {
    expect((await send({ path: `/${"a".repeat(8_200)}` })).status).toBe(400);
  });

  it("refuses large headers", async () => {
    expect((await send({ headers: { "x-large": "a".repeat(20_000) } })).status).toBe(431);
  });

  it("ends headers, requests and readers that take too long", () => {
    expect(server.headersTimeout).toBe(10_000);
    expect(server.requestTimeout).toBe(60_000);
    expect(server.timeout).toBe(120_000);
  });
});
