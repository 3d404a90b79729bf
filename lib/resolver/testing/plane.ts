import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { createReadPlane, type ReadPlane, type ReadPlaneOptions } from "#lib/resolver/read-plane.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { now, type TestRegistry } from "#lib/resolver/testing/registry.ts";

export type Json = Record<string, unknown>;

export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer; json<T = Json>(): T };

export type TestPlane = ReadPlane & {
  /** Sends one request exactly as written: nothing in the path is normalised. */
  ask(path: string, options?: { method?: string; headers?: Record<string, string> }): Promise<Answer>;
  port: number;
  /** Sets the clock, in milliseconds since the epoch. */
  setClock(time: number): void;
  events: Record<string, unknown>[];
  close(): Promise<void>;
};

type TestOptions = Pick<ReadPlaneOptions, "source"> &
  Partial<ReadPlaneOptions> & { registry: Pick<TestRegistry, "registryId" | "keySet"> };

/** A read plane behind a real HTTP server on loopback, not yet started. */
export async function listenPlane({ registry, ...options }: TestOptions): Promise<TestPlane> {
  let time = now;
  const log = recordingLog();
  const plane = createReadPlane({
    registryId: registry.registryId,
    loadKeySet: () => registry.keySet,
    anonymous: true,
    build: { version: "0.1.0", gitCommit: "abc", buildTime: "2026-06-01T00:00:00Z" },
    log,
    clock: () => time,
    pollMs: 20,
    ...options,
  });
  const server = createServer((req, res) => {
    if (!plane.handle(req, res)) res.writeHead(299).end("not the read plane");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    ...plane,
    port,
    events: log.events,
    setClock: (next) => {
      time = next;
    },
    ask: (path, { method = "GET", headers = {} } = {}) => ask(port, path, method, headers),
    async close() {
      await plane.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function ask(port: number, path: string, method: string, headers: Record<string, string>): Promise<Answer> {
  const sent = request({ host: "127.0.0.1", port, path, method, headers, agent: false }).end();
  const [response] = await once(sent, "response");
  const body = await buffer(response);
  return { status: response.statusCode, headers: response.headers, body, json: () => JSON.parse(body.toString()) };
}
