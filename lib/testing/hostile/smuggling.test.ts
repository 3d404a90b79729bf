import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { get, RawPeer } from "#lib/testing/hostile/raw-peer.ts";
import { type HostileStage, openHostileStage } from "#lib/testing/hostile/stage.ts";

// Where two programs could disagree about where a request ends, the second of them must see one request or none.

let stage: HostileStage;
beforeAll(async () => {
  stage = await openHostileStage();
});
afterAll(() => stage.close());

const hidden = get("/v0.1/ping");
const length = (text: string) => `Content-Length: ${text.length}\r\n`;
const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
const post = (headers: string, body: string) =>
  `POST /v0.1/validate HTTP/1.1\r\nHost: registry.example.com\r\n${headers}\r\n${body}`;
const emptyChunked = `0\r\n\r\n${hidden}`;

async function send(bytes: string): Promise<RawPeer> {
  const peer = new RawPeer(stage.port).send(bytes);
  peer.socket.end();
  await peer.closed;
  return peer;
}

describe("is refused and the connection ended, whatever follows", () => {
  it.each([
    ["a length and chunks", post(`${length(emptyChunked)}Transfer-Encoding: chunked\r\n`, emptyChunked)],
    ["chunks and a length", post(`Transfer-Encoding: chunked\r\n${length(emptyChunked)}`, emptyChunked)],
    ["two lengths that differ", post(`Content-Length: 0\r\n${length(hidden)}`, hidden)],
    ["two lengths in one line", post("Content-Length: 0, 5\r\n", hidden)],
    ["two lengths that agree", post("Content-Length: 0\r\nContent-Length: 0\r\n", hidden)],
    ["a length with a sign", post("Content-Length: +0\r\n", hidden)],
    ["a negative length", post("Content-Length: -1\r\n", hidden)],
    ["a length in hexadecimal", post("Content-Length: 0x0\r\n", hidden)],
    ["a length beyond all numbers", post("Content-Length: 99999999999999999999999\r\n", hidden)],
    ["an empty length", post("Content-Length: \r\n", hidden)],
    ["an unknown encoding", post("Transfer-Encoding: xchunked\r\n", emptyChunked)],
    ["an encoding after chunked", post("Transfer-Encoding: chunked, identity\r\n", emptyChunked)],
    ["a header over two lines", post("Content-Length:\r\n 0\r\n", hidden)],
    ["an encoding over two lines", post("Transfer-Encoding:\r\n chunked\r\n", emptyChunked)],
    ["a space before the colon", post("Transfer-Encoding : chunked\r\n", emptyChunked)],
    ["a header without a colon", post("Transfer-Encoding\r\n", emptyChunked)],
    ["a NUL in a header", post("Transfer-Encoding: chunk\0ed\r\n", emptyChunked)],
    ["lines that end in LF alone", post(length(""), "").replaceAll("\r\n", "\n") + hidden],
    ["one line that ends in LF alone", post("X: y\nTransfer-Encoding: chunked\r\n", emptyChunked)],
    ["a bare CR in a header", post("X: y\rTransfer-Encoding: chunked\r\n", emptyChunked)],
    ["a chunk size with a sign", post("Transfer-Encoding: chunked\r\n", `+5\r\nhello\r\n0\r\n\r\n${hidden}`)],
    ["a chunk size that overflows", post("Transfer-Encoding: chunked\r\n", `${"f".repeat(17)}\r\n${hidden}`)],
    ["a chunk size that ends in LF alone", post("Transfer-Encoding: chunked\r\n", `0\n\r\n${hidden}`)],
    ["a chunk longer than it says", post("Transfer-Encoding: chunked\r\n", `1\r\nhello\r\n0\r\n\r\n${hidden}`)],
    ["another protocol", `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`],
    ["a version that does not exist", `GET /v0.1/ping HTTP/1.9\r\nHost: registry.example.com\r\n\r\n${hidden}`],
    ["a space before the first header", `GET /v0.1/ping HTTP/1.1\r\n Host: registry.example.com\r\n\r\n${hidden}`],
  ])("%s", async (_, bytes) => {
    const { statuses, received } = await send(bytes);
    expect(received).not.toContain('"pong"');
    expect(statuses).toEqual([400]);
  });
});

describe("is a body and nothing else", () => {
  it.each([
    ["of this length", post(length(hidden), hidden)],
    ["in chunks", post("Transfer-Encoding: chunked\r\n", chunked(hidden))],
    ["in chunks with an extension", post("Transfer-Encoding: chunked\r\n", `1;a=b\r\nx\r\n${chunked(hidden)}`)],
    [
      "in chunks after other headers than a frame has",
      post("X-Te: gzip\r\nTransfer-Encoding: chunked\r\n", chunked(hidden)),
    ],
  ])("%s", async (_, bytes) => {
    const { received, statuses } = await send(bytes);
    expect(received).not.toContain('"pong"');
    expect(statuses).toHaveLength(1);
  });

  it.each(["GET", "HEAD", "OPTIONS", "DELETE"])("of a %s, which has no use for one", async (method) => {
    for (const framed of [`${length(hidden)}\r\n${hidden}`, `Transfer-Encoding: chunked\r\n\r\n${chunked(hidden)}`]) {
      const { received } = await send(`${method} /v0.1/version HTTP/1.1\r\nHost: registry.example.com\r\n${framed}`);
      expect(received).not.toContain('"pong"');
      expect(received).toMatch(/^HTTP\/1\.1 (200|204|405) /);
    }
  });

  it("when the request is refused for its method, address or host", async () => {
    const refused = [
      `PATCH /v0.1/servers HTTP/1.1\r\nHost: registry.example.com\r\n`,
      `POST /v0.1/nothing HTTP/1.1\r\nHost: registry.example.com\r\n`,
      `POST /v0.1/servers HTTP/1.1\r\nHost: evil.example\r\n`,
      `POST /${"a".repeat(9_000)} HTTP/1.1\r\nHost: registry.example.com\r\n`,
    ];
    for (const start of refused) {
      const { received, statuses } = await send(`${start}${length(hidden)}\r\n${hidden}`);
      expect(received).not.toContain('"pong"');
      expect(statuses).toHaveLength(1);
    }
  });
});

it("two hosts are no host, and one said to be two is neither", async () => {
  for (const hosts of ["registry.example.com\r\nHost: evil.example", "registry.example.com, evil.example"]) {
    for (const path of ["/v0.1/ping", "/v0.1/health", "/"]) {
      const { statuses } = await send(`GET ${path} HTTP/1.1\r\nHost: ${hosts}\r\n\r\n`);
      expect(statuses).toEqual([400]);
    }
  }
});

it("a line of HTTP/0.9 names no host, so nothing answers it", async () => {
  const { received, statuses } = await send(`GET /v0.1/ping\r\n\r\n${hidden}`);
  expect([statuses, received.includes('"pong"')]).toEqual([[421], false]);
});
