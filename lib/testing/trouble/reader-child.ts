import { readKeySet } from "#lib/registry-key/index.ts";
import { createDatabaseSource } from "#lib/resolver/store.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane } from "#lib/resolver/testing/plane.ts";

// A reader in a process of its own, to be killed at any moment. Says its port before it has loaded anything.

export type ReaderSettings = {
  url: string;
  keyDir: string;
  registryId: string;
  revocationsFile: string;
  /** Milliseconds since the epoch; its clock stands still. */
  now: number;
};

process.on("disconnect", () => process.exit(0));
const { url, keyDir, registryId, revocationsFile, now } = JSON.parse(process.argv[2] ?? "") as ReaderSettings;
const keySet = await readKeySet(keyDir, registryId);
const source = createDatabaseSource(url, recordingLog());
const plane = await listenPlane({ registry: { registryId, keySet }, source, revocationsFile, clock: () => now });
process.send?.({ port: plane.port });
await plane.start();
