import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { ConnectionLimits } from "#lib/http/connection-limits.ts";
import { createFrontDoor } from "#lib/http/front-door.ts";
import { createReadPlane } from "#lib/resolver/index.ts";
import { MemorySource, recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { makeRegistry, makeVersion, now } from "#lib/resolver/testing/registry.ts";

export type HostileStage = {
  port: number;
  /** Sends one well-behaved request on a connection of its own. */
  ask(path: string): Promise<{ status: number; body: Buffer }>;
  /** Connections that are open. */
  countConnections(): Promise<number>;
  close(): Promise<void>;
};

const servers = 100;
export const nameOf = (at: number) => `io.acme/server-${String(at).padStart(3, "0")}`;
export const latest = `/v0.1/servers/${encodeURIComponent(nameOf(0))}/versions/latest`;
/** About 10 MB. */
export const largeList = "/v0.1/servers?limit=100";

/** The front door and the read plane as the product joins them, on loopback, with large entries and these limits. */
export async function openHostileStage(limits: Partial<ConnectionLimits> = {}): Promise<HostileStage> {
  const registry = makeRegistry();
  const source = new MemorySource();
  const description = "x".repeat(100_000);
  for (let at = 0; at < servers; at++) {
    const name = nameOf(at);
    source.set(name, makeVersion(registry, { name, version: "1.0.0", ...(at === 0 ? {} : { description }) }));
  }
  const plane = createReadPlane({
    registryId: registry.registryId,
    loadKeySet: () => registry.keySet,
    source,
    anonymous: true,
    build: { version: "0.1.0", gitCommit: "abc", buildTime: "2026-06-01T00:00:00Z" },
    log: recordingLog(),
    clock: () => now,
  });
  await plane.start();
  const server = createFrontDoor({
    publicUrl: registry.registryId,
    checkHost: (host) => (host === "registry.example.com" ? "public" : "refused"),
    readPlane: plane.handle,
    pages: (_request, response) => response.writeHead(404).end("pages"),
    limits: { checkEveryMs: 50, ...limits },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    ask: (path) => ask(port, path),
    countConnections: () => new Promise((resolve) => server.getConnections((_, count) => resolve(count))),
    async close() {
      await plane.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function ask(port: number, path: string) {
  const headers = { host: "registry.example.com" };
  const sent = request({ host: "127.0.0.1", port, path, headers, agent: false }).end();
  const [response] = await once(sent, "response");
  return { status: response.statusCode as number, body: await buffer(response) };
}
