import { randomUUID } from "node:crypto";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { rotateRegistryKey } from "#lib/approval/index.ts";
import { readKeySet } from "#lib/registry-key/index.ts";
import { createDatabaseSource, type DatabaseSource } from "#lib/resolver/store.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";
import { channel, names } from "#lib/testing/trouble/database-verbs.ts";
import { type Answers, askEverything } from "#lib/testing/trouble/every-answer.ts";
import { type LiveRegistry, openLiveRegistry } from "#lib/testing/trouble/live-registry.ts";
import { troubleSource } from "#lib/testing/trouble/troubled-source.ts";

// A real Postgres and the product's own verbs: versions are revoked while a reader that answers loads everything anew.

const [name = "", tagged = ""] = names;
const bases = ["/v0.1", `/c/${channel}/v0.1`];
const urlOf = (server: string, version: string) => `/v0.1/servers/${encodeURIComponent(server)}/versions/${version}`;

let live: LiveRegistry;
let source: DatabaseSource;
let plane: TestPlane;
/** Rows of a snapshot are held up until this is there. */
let gate: Promise<void> | null;
let release: () => void;
let heldReads: number;
/** What was seen of the version revoked, at each read after that. */
let seen: number[] | null;

beforeAll(async () => {
  live = await openLiveRegistry();
});
afterAll(() => live.close());

beforeEach(async () => {
  [gate, seen, heldReads] = [null, null, 0];
  await live.database.renew();
  source = createDatabaseSource(live.database.appUrl, recordingLog());
  const held = troubleSource(source, async (read) => {
    seen?.push(await statusOf(urlOf(name, "2.0.0")));
    if (read !== "row" || !gate) return;
    heldReads++;
    await gate;
  });
  plane = await listenPlane({
    ...readerOptions(),
    source: held,
    revocationsFile: path.join(live.folder, randomUUID()),
  });
  await live.verbs.perform(["approve", name, "2.0.0"]);
  await live.verbs.perform(["approve", tagged, "2.0.0"]);
  await plane.start();
});
afterEach(async () => {
  release?.();
  await plane.close();
  await source.close();
});

function readerOptions() {
  return {
    registry: live.trust,
    loadKeySet: () => readKeySet(live.registry.keyDir, testRegistryId),
    clock: () => live.registry.clock.now().getTime(),
  };
}

async function whileHeld(begin: () => Promise<unknown>): Promise<void> {
  gate = new Promise((resolve) => {
    release = resolve;
  });
  await begin();
  await becomes(1, async () => heldReads);
}

async function endLoading(): Promise<void> {
  seen = [];
  release();
  await becomes(2, async () => plane.health().loads);
}

const statusOf = async (url: string) => (await plane.ask(url)).status;
const latest = async () =>
  (await plane.ask(urlOf(name, "latest"))).json<{ server?: { version: string } }>().server?.version;
const becomes = (expected: unknown, see: () => Promise<unknown>) =>
  vi.waitFor(async () => expect(await see()).toEqual(expected), { timeout: 30_000, interval: 5 });

/** What one answers that has just loaded everything. */
async function answersAnew(): Promise<Answers> {
  const own = createDatabaseSource(live.database.appUrl, recordingLog());
  const fresh = await listenPlane({ ...readerOptions(), source: own });
  await fresh.start();
  const answers = await askEverything(fresh, bases);
  await fresh.close();
  await own.close();
  return answers;
}

it("after a restore what is revoked in the database that is there now is gone meanwhile", async () => {
  await live.database.backUp();
  for (const server of names) await live.verbs.perform(["tag", server, ["beta"]]);
  await becomes(true, async () => String(plane.health().ledgerSeq) === String((await lastEntry()).seq));
  live.registry.clock.advance(1000);
  await whileHeld(() => live.database.restore());
  await live.verbs.perform(["revoke", name, "2.0.0"]);
  await becomes("1.0.0", latest);
  expect(await statusOf(`${urlOf(name, "2.0.0")}?include_deleted=true`)).toBe(200);
  expect(await statusOf(urlOf(tagged, "2.0.0"))).toBe(200);
  expect(plane.health().loads).toBe(1);
  await endLoading();
  expect(await askEverything(plane, bases)).toEqual(await answersAnew());
  expect(new Set(seen)).toEqual(new Set([404]));
}, 60_000);

// The last one: the key's files stay rotated, whatever the database is.
it("after a rotation of the key everything goes on being followed meanwhile, by the new key", async () => {
  await whileHeld(() => rotateRegistryKey(live.registry.system));
  await live.verbs.perform(["revoke", name, "2.0.0"]);
  await becomes("1.0.0", latest);
  await live.verbs.perform(["tag", tagged, []]);
  await live.verbs.perform(["revoke", tagged, "2.0.0"]);
  await becomes(404, () => statusOf(urlOf(tagged, "2.0.0")));
  const anew = await answersAnew();
  expect(await askEverything(plane, bases)).toEqual(anew);
  expect(plane.health()).toMatchObject({ loads: 1, droppedRows: 0 });
  await endLoading();
  expect(await askEverything(plane, bases)).toEqual(anew);
  expect(new Set(seen)).toEqual(new Set([404]));
}, 60_000);

async function lastEntry() {
  return (await source.loadAccess()).position;
}
