// The read plane as `npm start` runs it, over a catalogue in a file. Told what to load by its first argument.
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createFrontDoor } from "#lib/http/front-door.ts";
import { createReadPlane } from "#lib/resolver/index.ts";
import type { CatalogueSource } from "#lib/resolver/source.ts";
import { standardAccess } from "#lib/resolver/testing/channels.ts";
import { parseKeySet } from "#lib/signing/index.ts";
import { catalogueTime, readCatalogue } from "./catalogue-file.ts";

const [file = "", keySetFile = ""] = process.argv.slice(2);
const position = { seq: 1n, sha256: "0".repeat(64), at: catalogueTime };
const source: CatalogueSource = {
  async loadSnapshot(consume) {
    for (const server of readCatalogue(file)) await consume(server);
    return { position, access: standardAccess(), placements: [] };
  },
  loadChannels: async () => ({ access: standardAccess(), placements: [] }),
  loadAccess: async () => standardAccess(),
  loadPlacement: async (name) => ({ name, tags: [], moves: [] }),
  addResolutions: async () => {},
  loadServer: async () => null,
  readLedger: async () => [{ ...position, action: "version.countersign", serverName: null }],
  readBlob: async () => null,
  listen: () => async () => {},
};
const { registryId, keySet } = parseKeySet(readFileSync(keySetFile));
const silent = () => {};
const plane = createReadPlane({
  registryId,
  loadKeySet: () => keySet,
  source,
  anonymous: true,
  build: { version: "bench", gitCommit: "", buildTime: "" },
  log: { info: silent, warn: silent, error: silent },
  clock: () => catalogueTime,
});
const startedAt = performance.now();
await plane.start();
const loadMs = performance.now() - startedAt;
const { droppedRows, servers } = plane.health();
const server = createFrontDoor({
  publicUrl: registryId,
  checkHost: () => "public",
  readPlane: plane.handle,
  pages: (_request, response) => response.end(),
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, loadMs, rssBytes: process.memoryUsage().rss, droppedRows, servers });
});
process.on("message", () => process.send?.({ rssBytes: process.memoryUsage().rss }));
process.on("disconnect", () => process.exit(0));
