import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { get, RawPeer } from "#lib/testing/hostile/raw-peer.ts";
import { type HostileStage, largeList, latest, nameOf, openHostileStage } from "#lib/testing/hostile/stage.ts";

// More than there should be of anything is refused before it is held in memory.

let stage: HostileStage;
beforeAll(async () => {
  stage = await openHostileStage({ headersMs: 3_000 });
});
afterAll(() => stage.close());

/** Sends requests and waits for so many answers, or for the end of the connection. */
async function send(bytes: string, answers = 1): Promise<RawPeer> {
  const peer = new RawPeer(stage.port).send(bytes);
  let ended = false;
  void peer.closed.then(() => {
    ended = true;
  });
  await vi.waitFor(() => expect(ended || peer.statuses.length >= answers).toBe(true), { timeout: 15_000, interval: 5 });
  peer.leave();
  return peer;
}

/** Sends the same bytes until the other side ends the connection. @returns how many it sent. */
async function sendForever(beginning: string, more: string): Promise<{ peer: RawPeer; sentBytes: number }> {
  const peer = new RawPeer(stage.port).send(beginning);
  let sentBytes = 0;
  let ended = false;
  void peer.closed.then(() => {
    ended = true;
  });
  while (!ended && sentBytes < 64 * 1024 * 1024) {
    const taken = await new Promise((resolve) => {
      peer.socket.write(more, "latin1", resolve);
    });
    if (taken) break;
    sentBytes += more.length;
    await new Promise(setImmediate);
  }
  await peer.closed;
  return { peer, sentBytes };
}

const headers = (count: number) => Array.from({ length: count }, (_, at) => `x-${at}: y\r\n`).join("");

describe("a request with", () => {
  it.each([
    ["as many headers as may be", get("/v0.1/ping", headers(98)), 200],
    ["too many headers", get("/v0.1/ping", headers(101)), 431],
    ["thousands of headers", get("/v0.1/ping", headers(2_000)), 431],
    ["one header that is too long", get("/v0.1/ping", `x: ${"y".repeat(17_000)}\r\n`), 431],
    ["a header name that is too long", get("/v0.1/ping", `${"y".repeat(17_000)}: x\r\n`), 431],
    ["an address as long as may be", get(`/v0.1/servers?search=${"a".repeat(200)}&x=${"b".repeat(7_900)}`), 200],
    ["an address that is too long", get(`/v0.1/servers?x=${"b".repeat(8_192)}`), 400],
    ["an address beyond all bounds", get(`/${"a".repeat(50_000)}`), 431],
    ["a method that is too long", `${"G".repeat(20_000)} / HTTP/1.1\r\nHost: registry.example.com\r\n\r\n`, 400],
    ["thousands of tags", get(latest, `If-None-Match: ${'"x", '.repeat(2_500)}"y"\r\n`), 200],
    ["thousands of encodings", get(latest, `Accept-Encoding: ${"br;q=0.1, ".repeat(1_400)}gzip\r\n`), 200],
    ["thousands of parameters", get(`/v0.1/servers?${"limit=1&".repeat(1_000)}`), 200],
    ["thousands of path segments", get(`/v0.1${"/a".repeat(4_000)}`), 404],
    ["thousands of encoded slashes", get(`/v0.1/servers/${"%2F".repeat(2_600)}/versions`), 404],
    ["a cursor beyond all bounds", get(`/v0.1/servers?cursor=${"A".repeat(8_000)}`), 400],
  ])("%s", async (_, bytes, status) => {
    const { statuses } = await send(bytes);
    expect(statuses).toEqual([status]);
    expect((await stage.ask(latest)).status).toBe(200);
  });
});

describe("without end", () => {
  const post = (frame: string) => `POST /v0.1/validate HTTP/1.1\r\nHost: registry.example.com\r\n${frame}\r\n`;
  const start = "GET /v0.1/ping HTTP/1.1\r\nHost: registry.example.com\r\n";

  it.each([
    ["an address", "GET /", "a".repeat(4_096)],
    ["a header", `${start}x: `, "y".repeat(4_096)],
    ["headers", start, headers(50)],
    ["a chunk's extension", `${post("Transfer-Encoding: chunked\r\n")}1;`, "x".repeat(4_096)],
    ["trailers", `${post("Transfer-Encoding: chunked\r\n")}0\r\n`, headers(50)],
    ["a body in chunks", post("Transfer-Encoding: chunked\r\n"), `1000\r\n${" ".repeat(4_096)}\r\n`],
    ["a body of a length", post(`Content-Length: ${2 ** 40}\r\n`), " ".repeat(4_096)],
  ])("%s ends the connection soon, and others are served", async (_, beginning, more) => {
    const { peer, sentBytes } = await sendForever(beginning, more);
    expect(sentBytes).toBeLessThan(16 * 1024 * 1024);
    for (const status of peer.statuses) expect([400, 408, 413, 431]).toContain(status);
    expect((await stage.ask(latest)).status).toBe(200);
  });
});

it("empty lines before a request are skipped, for as long as a request may take to begin", async () => {
  const { peer } = await sendForever("", "\r\n".repeat(2_048));
  expect(peer.statuses).toEqual([408]);
});

describe("one request after the other without waiting", () => {
  it("is answered in that order", async () => {
    const paths = Array.from(
      { length: 15 },
      (_, at) => `/v0.1/servers/${encodeURIComponent(nameOf(at))}/versions/latest`,
    );
    // What is sent compressed or read elsewhere is ready later than what follows it.
    const encoded = paths.map((path, at) => get(path, at % 3 === 0 ? "Accept-Encoding: br\r\n" : ""));
    const { received, statuses } = await send(encoded.join("") + get("/v0.1/ping"), 16);
    expect(statuses).toEqual(Array(16).fill(200));
    const plain = paths.map((_, at) => at).filter((at) => at % 3 !== 0);
    const places = plain.map((at) => received.indexOf(`"name":"${nameOf(at)}"`));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(received.indexOf('"pong"')).toBeGreaterThan(Math.max(...places));
  });

  it("ends the connection beyond a few, before their answers fill the memory", async () => {
    const before = process.memoryUsage().rss;
    const distinct = Array.from({ length: 2_000 }, (_, at) => get(`${largeList}&x=${at}`)).join("");
    const peers = Array.from({ length: 5 }, () => new RawPeer(stage.port, { reading: false }).send(distinct));
    await Promise.all(
      peers.map((peer) => new Promise((resolve) => peer.socket.resume().once("close", resolve).once("end", resolve))),
    );
    // Unbounded, it would be 2,000 lists of 10 MB for each of them.
    expect(process.memoryUsage().rss - before).toBeLessThan(3 * 1024 ** 3);
    for (const peer of peers) peer.leave();
    expect((await stage.ask(latest)).status).toBe(200);
  });
});
