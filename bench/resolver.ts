// The read plane behind the front door, as a process of its own. Its first argument says what it reads, as JSON.
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createFrontDoor } from "#lib/http/front-door.ts";
import { createTraffic } from "#lib/http/traffic/index.ts";
import { metrics } from "#lib/metrics/index.ts";
import { createDatabaseSource, createReadPlane } from "#lib/resolver/index.ts";
import { parseKeySet } from "#lib/signing/index.ts";
import { createFileSource } from "./file-source.ts";
import { usage } from "./usage.ts";

export type ResolverInput = {
  from: { catalogue: string } | { database: string };
  keySetFile: string;
  /** The time it takes for now, in milliseconds since the epoch. */
  now: number;
};
export type ResolverReady = {
  port: number;
  loadMs: number;
  loadCpuMs: number;
  rssBytes: number;
  droppedRows: number;
  servers: number;
};

const { from, keySetFile, now } = JSON.parse(process.argv[2] ?? "") as ResolverInput;
const silent = () => {};
const log = { info: silent, warn: silent, error: silent };
const { registryId, keySet } = parseKeySet(readFileSync(keySetFile));
const plane = createReadPlane({
  registryId,
  loadKeySet: () => keySet,
  source: "database" in from ? createDatabaseSource(from.database, log) : createFileSource(from.catalogue),
  anonymous: true,
  build: { version: "bench", gitCommit: "", buildTime: "" },
  log,
  clock: () => now,
});
const [startedAt, before] = [performance.now(), usage()];
await plane.start();
const loadMs = performance.now() - startedAt;
const { rssBytes, cpuMs } = usage();
const loaded = { loadMs, loadCpuMs: cpuMs - before.cpuMs, rssBytes };
const { droppedRows, servers } = plane.health();
const server = createFrontDoor({
  publicUrl: registryId,
  checkHost: () => "public",
  readPlane: plane.handle,
  pages: (_request, response) => response.end(),
  traffic: createTraffic({
    metrics: metrics(),
    logger: log,
    logRequests: false,
    clientAddress: () => "127.0.0.1",
    givenId: () => null,
    isDraining: () => false,
  }),
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, ...loaded, droppedRows, servers } satisfies ResolverReady);
});
process.on("message", () => process.send?.(usage()));
process.on("disconnect", () => process.exit(0));
