import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createFrontDoor } from "#lib/http/front-door.ts";
import { createReadPlane } from "#lib/resolver/index.ts";
import { MemorySource, recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { makeRegistry, makeVersion, now } from "#lib/resolver/testing/registry.ts";

export type Stage = { url: string; close(): Promise<void> };

export const serverCount = 130;
export const nameOf = (at: number) => `io.github.acme/server-${String(at).padStart(3, "0")}`;

/** A registry with 130 servers, some of two versions, one revoked, behind the front door on loopback. */
export async function openStage(): Promise<Stage> {
  const registry = makeRegistry();
  const source = new MemorySource();
  for (let at = 0; at < serverCount; at++) {
    const name = nameOf(at);
    const description = at % 10 === 0 ? "Tells the weather" : "Reads files";
    const versions = [makeVersion(registry, { name, version: "1.9.0", description })];
    if (at % 5 === 0) versions.push(makeVersion(registry, { name, version: "1.10.0", description }));
    source.set(name, ...versions);
  }
  const gone = "io.github.acme/zz-revoked";
  source.set(gone, makeVersion(registry, { name: gone, version: "1.0.0", revoked: true }));
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
    checkHost: () => "public",
    readPlane: plane.handle,
    pages: (_request, response) => response.writeHead(404).end(),
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    await plane.stop();
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
