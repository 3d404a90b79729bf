import { parentPort, workerData } from "node:worker_threads";
import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import { unpackRows } from "#lib/resolver/loading/packed-rows.ts";
import { packShelves } from "#lib/resolver/loading/packed-shelves.ts";
import { verifyServer } from "#lib/resolver/loading/verify-server.ts";
import type { VerifyTask } from "#lib/resolver/loading/verify-threads.ts";

const trust = workerData as Trust;

/** First message: ready. Then one for each task, in order. */
parentPort?.on("message", ({ rows, now }: VerifyTask) => {
  const verified = unpackRows(rows).map((server) => verifyServer(server, trust));
  const shelves = packShelves(verified, now, rows.bytes.buffer);
  parentPort?.postMessage(shelves, [shelves.bytes.buffer, shelves.numbers.buffer]);
});
parentPort?.postMessage("ready");
