import { afterEach, beforeEach, expect, it } from "vitest";
import { createDatabaseSource, type DatabaseSource } from "#lib/resolver/store.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { type EndingServer, listenAndEnd } from "#lib/testing/ending-server.ts";

// Between the driver's hearing that a connection is open and our holding it nobody else listens to its end, and an error
// nobody listens to ends the process.

let server: EndingServer;
let source: DatabaseSource;

beforeEach(async () => {
  server = await listenAndEnd();
  source = createDatabaseSource(server.url, recordingLog());
});
afterEach(async () => {
  await source.close();
  server.close();
});

it.each<[string, () => Promise<unknown>]>([
  ["one query", () => source.readLedger(0n, 1)],
  ["several in one transaction", () => source.loadAccess()],
])("a connection that is ended as soon as it is opened fails %s, and nothing else", async (_, read) => {
  await expect(read()).rejects.toThrow(/terminat|connection error/);
});
