import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { limitConnections, PipelineLimit } from "#lib/http/connection-limits.ts";

class FakeSocket extends EventEmitter {
  destroyed = false;
  readonly remoteAddress: string | undefined;

  constructor(remoteAddress: string | undefined) {
    super();
    this.remoteAddress = remoteAddress;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit("close");
  }
}

describe("connections of one network", () => {
  const limits = { maxConnections: 100, maxPerNetwork: 3 };

  function open(isProxy: (peer: string) => boolean = () => false) {
    const server = createServer();
    limitConnections(server, limits, isProxy);
    return (peer: string | undefined) => {
      const socket = new FakeSocket(peer);
      server.emit("connection", socket as unknown as Socket);
      return socket;
    };
  }

  it.each([
    ["one address", ["203.0.113.9"], 3],
    ["one address, however it is written", ["203.0.113.9", "::ffff:203.0.113.9"], 3],
    ["one /64", ["2001:db8:1:2::1", "2001:db8:1:2::2"], 3],
    ["two addresses", ["203.0.113.9", "203.0.113.10"], 6],
    ["unknown peers", [undefined], 3],
    ["this machine", ["127.0.0.1", "::1", "::ffff:127.0.0.1"], 12],
  ])("%s: %s keep at most %i", (_, peers, kept) => {
    const connectFrom = open();
    const sockets = Array.from({ length: 12 }, (__, at) => connectFrom(peers[at % peers.length]));
    expect(sockets.filter(({ destroyed }) => !destroyed)).toHaveLength(kept);
  });

  it("do not count for a proxy of ours, and only for that", () => {
    const connectFrom = open((peer) => peer === "10.0.0.1");
    const sockets = (peer: string) => Array.from({ length: 9 }, () => connectFrom(peer));
    expect(sockets("10.0.0.1").filter(({ destroyed }) => !destroyed)).toHaveLength(9);
    expect(sockets("10.0.0.2").filter(({ destroyed }) => !destroyed)).toHaveLength(3);
  });

  it("make room when they end, once each", () => {
    const connectFrom = open();
    const [first] = Array.from({ length: 5 }, () => connectFrom("203.0.113.9"));
    first?.destroy();
    first?.emit("close");
    expect([connectFrom("203.0.113.9").destroyed, connectFrom("203.0.113.9").destroyed]).toEqual([false, true]);
  });
});

it("beyond so many of everyone, connections are closed at once", async () => {
  const server = createServer();
  limitConnections(server, { maxConnections: 3, maxPerNetwork: 3 }, () => false);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const kept = Array.from({ length: 3 }, () => connect(port, "127.0.0.1"));
  await Promise.all(kept.map((socket) => once(socket, "connect")));
  const refused = connect(port, "127.0.0.1").on("error", () => {});
  await once(refused, "close");
  for (const socket of kept) expect(socket.readyState).toBe("open");
  for (const socket of kept) socket.destroy();
  server.close();
});

describe("requests of one connection", () => {
  const ask = (limit: PipelineLimit, socket: FakeSocket) => {
    const response = Object.assign(new EventEmitter(), { req: { socket } });
    const admitted = limit.admit({ socket } as unknown as IncomingMessage, response as unknown as ServerResponse);
    return { admitted, end: () => response.emit("close") };
  };

  it("wait for their answers up to a number, and any number one after the other", () => {
    const limit = new PipelineLimit(2);
    const socket = new FakeSocket("203.0.113.9");
    for (let i = 0; i < 10; i++) ask(limit, socket).end();
    const waiting = [ask(limit, socket), ask(limit, socket)];
    expect(waiting.map(({ admitted }) => admitted)).toEqual([true, true]);
    waiting[0]?.end();
    expect(ask(limit, socket).admitted).toBe(true);
    expect([ask(limit, socket).admitted, socket.destroyed]).toEqual([false, true]);
  });

  it("do not count for another", () => {
    const limit = new PipelineLimit(1);
    for (let i = 0; i < 5; i++) expect(ask(limit, new FakeSocket("203.0.113.9")).admitted).toBe(true);
  });
});
