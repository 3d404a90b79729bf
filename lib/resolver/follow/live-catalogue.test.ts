import { Worker } from "node:worker_threads";
import { afterEach, expect, it } from "vitest";
import { LedgerFollower } from "#lib/resolver/follow/follower.ts";
import { LiveCatalogue, type LoadingOptions } from "#lib/resolver/follow/live-catalogue.ts";
import { MemorySource, recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { makeRegistry, makeVersion, now } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const versionsEach = 100;
const names = Array.from({ length: 7 }, (_, at) => `io.acme/server-${at}`);
const rows = new Map(
  names.map((name) => [
    name,
    Array.from({ length: versionsEach }, (_, at) => makeVersion(registry, { name, version: `1.0.${at}` })),
  ]),
);

const failing = () =>
  new Worker(
    'const { parentPort } = require("node:worker_threads"); parentPort.postMessage("ready"); setTimeout(() => process.exit(1), 20);',
    {
      eval: true,
    },
  );

let live: LiveCatalogue;
afterEach(() => live.stop());

async function reload(): Promise<void> {
  live.show(await live.load());
}

function open(loading: LoadingOptions) {
  const source = new MemorySource();
  for (const [name, versions] of rows) source.set(name, ...versions);
  source.append(names[0] ?? null);
  const log = recordingLog();
  const loadTrust = async () => registry;
  live = new LiveCatalogue({ source, loadTrust, clock: () => now, revocationFile: null, loading, log });
  return { source, log };
}

it("keeps what it had when threads fail, and loads all with the next", async () => {
  const loading: LoadingOptions = { threads: 2, aloneUpTo: 64, startWorker: failing };
  const { source } = open(loading);
  await expect(reload()).rejects.toThrow(/thread/);
  expect([live.current(), live.trust]).toEqual([null, null]);
  delete loading.startWorker;
  await reload();
  const loaded = live.current();
  expect(loaded?.size).toBe(names.length);
  loading.startWorker = failing;
  source.set("io.acme/late", makeVersion(registry, { name: "io.acme/late", version: "1.0.0" }));
  await expect(reload()).rejects.toThrow(/thread/);
  expect([live.current(), loaded?.size]).toEqual([loaded, names.length]);
});

it("gives up loading when it is stopped, and never begins again", async () => {
  const { source } = open({ threads: 2, aloneUpTo: 64 });
  const original = source.loadSnapshot.bind(source);
  source.loadSnapshot = (consume) =>
    original(async (server) => {
      await consume(server);
      live.stop();
    });
  await expect(reload()).rejects.toThrow(/ended/);
  source.loadSnapshot = original;
  await expect(reload()).rejects.toThrow(/ended/);
  expect(live.current()).toBeNull();
});

it("leaves out and reports rows that fail in threads as it does without", async () => {
  const results = [];
  for (const threads of [0, 2]) {
    const { source, log } = open({ threads, aloneUpTo: 64 });
    const [good, bad] = rows.get(names[6] ?? "") ?? [];
    if (good && bad) source.set(names[6] ?? "", good, { ...bad, manifestDigest: "sha256:other" });
    await reload();
    results.push({ dropped: live.droppedRows, events: log.events, size: live.current()?.size });
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[0]).toMatchObject({
    dropped: 1,
    size: names.length,
    events: [{ event: "row-refused", version: "1.0.1" }],
  });
});

it("loads all again once the keys that its rows need are there, and only then", async () => {
  const [name, other] = ["io.acme/restored", makeRegistry()];
  const source = new MemorySource().set(name, makeVersion(registry, { name, version: "1.0.0" }));
  source.append(name);
  let read: () => typeof registry = () => other;
  const loadTrust = async () => read();
  live = new LiveCatalogue({ source, loadTrust, clock: () => now, revocationFile: null, log: recordingLog() });
  const follower = new LedgerFollower(source, live, recordingLog());
  await follower.catchUp();
  await follower.catchUp();
  expect([live.current()?.size, live.droppedRows, live.loads]).toEqual([0, 1, 1]);
  read = () => {
    throw new Error("not readable at present");
  };
  await follower.catchUp();
  expect([live.droppedRows, live.loads]).toEqual([1, 1]);
  read = () => registry;
  await follower.catchUp();
  expect([live.current()?.size, live.droppedRows, live.loads]).toEqual([1, 0, 2]);
  read = () => other;
  await follower.catchUp();
  expect([live.current()?.size, live.loads]).toEqual([1, 2]);
});
