import { once } from "node:events";
import { createServer, request as openRequest, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { createProxyCheck } from "#lib/http/forwarded.ts";
import { sendProblem } from "#lib/http/plain-problem.ts";
import { createTraffic, requestIdOf } from "#lib/http/traffic/index.ts";
import { createGivenId, toRequestId } from "#lib/http/traffic/request-id.ts";
import { createRequestLog } from "#lib/http/traffic/request-log.ts";
import { Metrics, toExposition } from "#lib/metrics/index.ts";

type Line = { level: string; message: string } & Record<string, unknown>;
type Options = { logRequests?: boolean; proxies?: string[]; draining?: boolean };

const patient = { timeout: 10_000 };

let server: Server | undefined;
let lines: Line[] = [];
const metrics = { current: new Metrics() };
const write = (level: string) => (fields: object, message: string) => void lines.push({ level, message, ...fields });

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  lines = [];
});

/** A server that answers its path as a status, watched as the front door watches. */
async function open({ logRequests = false, proxies = [], draining = false }: Options = {}): Promise<number> {
  metrics.current = new Metrics();
  const traffic = createTraffic({
    metrics: metrics.current,
    logger: { info: write("info"), warn: write("warn") },
    logRequests,
    clientAddress: () => "192.0.2.7",
    givenId: createGivenId(createProxyCheck(proxies)),
    isDraining: () => draining,
  });
  server = createServer((request, response) => {
    traffic(request, response);
    const status = Number(request.url?.slice(1, 4));
    if (status === 503) return sendProblem(response, "https://registry.example.com", "unavailable", "Away.");
    if (status !== 299) response.writeHead(status || 200).end(requestIdOf(response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function get(port: number, path: string, headers: Record<string, string> = {}) {
  const sent = openRequest({ port, path, headers, agent: false }).end();
  const [response] = await once(sent, "response");
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

const exposition = async () => toExposition(await metrics.current.families());

describe("the request id", () => {
  it("is the same in log, answer and problem", async () => {
    const port = await open({ logRequests: true });
    const { headers, body } = await get(port, "/200");
    expect(headers["x-request-id"]).toBe(body);
    const problem = await get(port, "/503");
    expect(problem.headers["x-request-id"]).toBe(JSON.parse(problem.body).requestId);
    await expect.poll(() => lines.length, patient).toBe(2);
    expect(lines.map((line) => line.requestId)).toEqual([body, JSON.parse(problem.body).requestId]);
    expect(body).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is not taken from a client", async () => {
    const port = await open({ logRequests: true });
    const { headers } = await get(port, "/200", { "x-request-id": "chosen-by-a-client" });
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is taken from a proxy of ours, if it is one", async () => {
    const port = await open({ proxies: ["127.0.0.0/8"] });
    expect((await get(port, "/200", { "x-request-id": "edge-0001" })).headers["x-request-id"]).toBe("edge-0001");
    for (const odd of ["short", "x".repeat(65), 'a"b"c"d"e', "a b c d e f"]) {
      expect((await get(port, "/200", { "x-request-id": odd })).headers["x-request-id"]).toBeUndefined();
    }
  });

  it("given to the page process is read back there, nothing else is", () => {
    expect(toRequestId(new Headers({ "x-countersign-request-id": "edge-0001" }))).toBe("edge-0001");
    expect(toRequestId(new Headers({ "x-countersign-request-id": "a b" }))).toBeNull();
    expect(toRequestId(new Headers({ "x-request-id": "edge-0001" }))).toBeNull();
    expect(toRequestId(new Headers())).toBeNull();
  });
});

describe("the request log", () => {
  it("has no line for reads that went well, and one for a failure", async () => {
    const port = await open();
    for (const path of ["/200", "/404", "/readyz", "/503/c?token=cst_abcdefghijkl"]) await get(port, path);
    await expect.poll(() => lines.length, patient).toBe(1);
    expect(lines[0]).toMatchObject({
      level: "warn",
      event: "request",
      method: "GET",
      path: "/503/c",
      status: 503,
      address: "192.0.2.7",
    });
  });

  it("has a line for each when asked, without query, headers or secrets", async () => {
    const port = await open({ logRequests: true });
    await get(port, "/200?token=query-value", { authorization: "Bearer header-value", cookie: "cookie-value" });
    await expect.poll(() => lines.length, patient).toBe(1);
    expect(JSON.stringify(lines)).not.toMatch(/query-value|header-value|cookie-value/);
    expect(Object.keys(lines[0] ?? {})).toEqual([
      ...["level", "message", "event", "requestId", "method", "path", "status", "ms", "address"],
    ]);
  });

  it("is bounded when everything fails, and says how much it left out", () => {
    const log = createRequestLog({
      logger: { info: write("info"), warn: write("warn") },
      all: false,
      clientAddress: () => "",
    });
    const failed = { statusCode: 500, writableFinished: true, req: { method: "GET", url: "/x" } };
    const response = failed as unknown as Parameters<typeof log>[0];
    for (let count = 0; count < 1_000; count++) log(response, () => "id", 0, 5_000);
    expect(lines).toHaveLength(20);
    log(response, () => "id", 0, 6_000);
    expect(lines.slice(20)).toMatchObject([{ event: "requests-failed", count: 980 }, { event: "request" }]);
  });
});

describe("counts", () => {
  it("have kind, channel and status of each answer, and its time", async () => {
    const port = await open();
    for (const path of ["/200", "/200", "/404"]) await get(port, path);
    await expect
      .poll(exposition, patient)
      .toContain('countersign_http_requests_total{route="page",channel="none",status="404"} 1\n');
    const body = await exposition();
    expect(body).toContain('countersign_http_requests_total{route="page",channel="none",status="200"} 2\n');
    expect(body).toContain('countersign_http_request_duration_seconds_count{route="page",channel="none"} 3\n');
    expect(body).toContain("countersign_http_requests_started_total 3\n");
  });

  it("tell answers from connections that ended before", async () => {
    const port = await open();
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /299 HTTP/1.1\r\nHost: x\r\n\r\n");
    await expect.poll(exposition, patient).toContain("countersign_http_requests_started_total 1\n");
    socket.destroy();
    await expect
      .poll(exposition, patient)
      .toContain('countersign_http_requests_aborted_total{route="page",channel="none"} 1\n');
    expect(await exposition()).not.toContain("requests_total{");
  });
});

it("connections are asked to close while the process is to end", async () => {
  expect((await get(await open({ draining: true }), "/200")).headers.connection).toBe("close");
});
