import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { get, RawPeer } from "#lib/testing/hostile/raw-peer.ts";
import { type HostileStage, largeList, latest, openHostileStage } from "#lib/testing/hostile/stage.ts";

// Peers who take their time lose their connection; nobody else waits for them. The limits are short here.

const crowd = 40;
let stage: HostileStage;

beforeAll(async () => {
  stage = await openHostileStage({ headersMs: 400, requestMs: 800, stalledMs: 1_500, keepAliveMs: 500 });
});
afterAll(() => stage.close());

const post = (headers: string) => `POST /v0.1/validate HTTP/1.1\r\nHost: registry.example.com\r\n${headers}\r\n`;

/** Sends one byte after the other until the connection ends. */
function trickle(peer: RawPeer, bytes: Iterable<string>): void {
  const left = bytes[Symbol.iterator]();
  const timer = setInterval(() => {
    const { value, done } = left.next();
    if (done || peer.socket.destroyed || !peer.socket.writable) clearInterval(timer);
    else peer.send(value);
  }, 20);
  void peer.closed.then(() => clearInterval(timer));
}

function* forever(text: string) {
  for (;;) yield* text;
}

async function expectOthersServed(): Promise<void> {
  expect((await stage.ask(latest)).status).toBe(200);
}

describe("a crowd of peers that", () => {
  it.each<[string, number[], (peer: RawPeer) => void]>([
    ["say nothing", [408], () => {}],
    ["send their headers byte by byte", [408], (peer) => trickle(peer, forever("GET /v0.1/ping HTTP/1.1\r\nX: y\r\n"))],
    ["stop within the request line", [408], (peer) => peer.send("GET /v0.1/serv")],
    ["stop after the headers begin", [408], (peer) => peer.send("GET /v0.1/ping HTTP/1.1\r\nHost: registry.exa")],
    ["announce a body and send none", [408], (peer) => peer.send(post("Content-Length: 1000\r\n"))],
    ["send a body byte by byte", [408], (peer) => trickle(peer.send(post("Content-Length: 1000\r\n")), forever(" "))],
    [
      "send chunk after chunk",
      [408],
      (peer) => trickle(peer.send(post("Transfer-Encoding: chunked\r\n")), ["1", "\r\n", " "]),
    ],
    ["ask once and stay", [200], (peer) => peer.send(get("/v0.1/ping"))],
  ])("%s is sent away, and others are served meanwhile", async (_, statuses, misbehave) => {
    const peers = Array.from({ length: crowd }, () => new RawPeer(stage.port));
    for (const peer of peers) misbehave(peer);
    await expectOthersServed();
    await Promise.all(peers.map((peer) => peer.closed));
    for (const peer of peers) {
      expect(peer.statuses).toEqual(statuses);
      peer.leave();
    }
    await expectOthersServed();
  });

  it("take nothing of a large answer keeps neither connections nor others waiting", async () => {
    const peers = Array.from({ length: crowd }, () => new RawPeer(stage.port, { reading: false }));
    for (const peer of peers) peer.send(get(largeList));
    await expectOthersServed();
    await vi.waitFor(async () => expect(await stage.countConnections()).toBe(0), { timeout: 15_000, interval: 50 });
    for (const peer of peers) peer.leave();
    await expectOthersServed();
  });

  it("leave in the middle of a request or an answer leaves nothing behind", async () => {
    const beginnings = [
      "",
      "GET /v0.1",
      post("Content-Length: 9\r\n"),
      get(largeList),
      get(largeList, "Accept-Encoding: br\r\n"),
    ];
    for (let i = 0; i < crowd; i++) {
      const peer = new RawPeer(stage.port).send(beginnings[i % beginnings.length] ?? "");
      peer.socket.once("connect", () =>
        setTimeout(() => (i % 2 ? peer.leave() : peer.socket.resetAndDestroy()), i % 7),
      );
    }
    await expectOthersServed();
    await vi.waitFor(async () => expect(await stage.countConnections()).toBe(0), { timeout: 15_000, interval: 50 });
  });
});

it("a peer that says it sends nothing more still gets its answer", async () => {
  const peer = new RawPeer(stage.port).send(get(latest));
  peer.socket.end();
  await peer.closed;
  expect(peer.statuses).toEqual([200]);
});

it("a reader who is slow but reads gets everything", async () => {
  const peer = new RawPeer(stage.port, { reading: false }).send(get(largeList, "Connection: close\r\n"));
  let bytes = 0;
  const reading = setInterval(() => {
    bytes += peer.socket.read()?.length ?? 0;
  }, 20);
  const whole = (await stage.ask(largeList)).body.length;
  await vi.waitFor(() => expect(bytes).toBeGreaterThan(whole), { timeout: 15_000, interval: 50 });
  clearInterval(reading);
  peer.leave();
});
