import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { digestKeys as digestKeysOf } from "#lib/resolver/catalogue/digest-index.ts";
import type { Entry } from "#lib/resolver/catalogue/entry.ts";
import { makeShelf } from "#lib/resolver/catalogue/shelf.ts";
import type { Trust } from "#lib/resolver/catalogue/statements.ts";
import type { VerifiedVersion } from "#lib/resolver/catalogue/verified-version.ts";
import type { LoadedServer } from "#lib/resolver/loading/packed-shelves.ts";
import { ServerLoader, type ServerLoaderOptions } from "#lib/resolver/loading/server-loader.ts";
import type { ServerRecord } from "#lib/resolver/source.ts";
import {
  approvalRecord,
  day,
  makePredicate,
  makeRegistry,
  makeVersion,
  manifestBytes,
  now,
} from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const trust: Trust = { keySet: registry.keySet, registryId: registry.registryId };
const manyServers = 300;

/** Good ones, and every kind that few are. */
const catalogue: ServerRecord[] = Array.from({ length: manyServers }, (_, at) => makeServer(at));

function makeServer(at: number): ServerRecord {
  const name = `io.acme/server-${String(at).padStart(5, "0")}`;
  const version = (number: string, more = {}) => makeVersion(registry, { name, version: number, ...more });
  const good = version("1.0.0", { title: `Server ${at}`, description: at % 3 === 0 ? "Zürich 😀" : undefined });
  const kinds: (() => ServerRecord["versions"])[] = [
    () => [good, version("1.10.0"), version("1.9.0", { row: { deprecated: true } })],
    () => [good, version("2.0.0", { revoked: true })],
    () => [{ ...good, state: "quarantined" }],
    () => [version("1.0.0", { approval: { expiresAt: new Date(now - day).toISOString() } }), version("0.9.0")],
    () => [version("1.0.0", { row: { expiredRound: 1 } })],
    () => [good, { ...version("2.0.0"), manifest: Buffer.from("{}") }],
    () => [{ ...good, approvals: makeVersion(makeRegistry(), { name, version: "1.0.0" }).approvals }],
    () => [{ ...good, manifest: null, approvals: [{ round: 1, state: "approved", sha256: "", bundle: null }] }],
    () => [renewed(name)],
    () => [],
  ];
  return { name, versions: at % 20 < kinds.length ? (kinds[at % 20]?.() ?? []) : [good] };
}

function renewed(name: string): ServerRecord["versions"][number] {
  const texts = { name, version: "1.0.0" };
  const row = makeVersion(registry, texts);
  const later = makePredicate(texts, { round: 2, approvedAt: new Date(now - day).toISOString() });
  return { ...row, round: 2, approvals: [...row.approvals, approvalRecord(registry, manifestBytes(texts), later)] };
}

async function load(options: Partial<ServerLoaderOptions>, servers = catalogue): Promise<LoadedServer[]> {
  const loaded: LoadedServer[] = [];
  const onLoaded = (server: LoadedServer) => loaded.push(server);
  const loader = new ServerLoader({ trust, clock: () => now, threads: 0, aloneUpTo: 64, onLoaded, ...options });
  try {
    for (const server of servers) await loader.add(server);
    await loader.finish();
  } finally {
    loader.close();
  }
  return loaded;
}

/** Adds the catalogue again and again until threads have come up, and once more: what they made, by name. */
async function loadInThreads(): Promise<Map<string, LoadedServer>> {
  const loaded = new Map<string, LoadedServer>();
  const onLoaded = (server: LoadedServer) => {
    if (server.shelf || !loaded.get(server.name)?.shelf) loaded.set(server.name, server);
  };
  const loader = new ServerLoader({ trust, clock: () => now, threads: 2, aloneUpTo: 64, onLoaded });
  const areUp = () => [...loaded.values()].some(({ shelf }) => shelf !== null);
  for (let last = false; ; last = areUp()) {
    for (const server of catalogue) await loader.add(server);
    if (last) break;
  }
  await loader.finish();
  loader.close();
  return loaded;
}

describe("verification in threads", () => {
  it("gives what verification on one thread gives, row by row", async () => {
    const [alone, threaded] = [await load({}), await loadInThreads()];
    for (const expected of alone) {
      const { name, refused, versions } = expected;
      const found = threaded.get(name) as LoadedServer;
      expect({ name, refused: found.refused }).toEqual({ name, refused });
      expect(found.shelf === null).toBe(versions.length === 0);
      expect(asShown(found)).toEqual(asShown(expected));
      expect(found.versions.map(asRevoked)).toEqual(versions.map(asRevoked));
    }
    expect(threaded.size).toBe(alone.length);
    expect(alone.flatMap(({ refused }) => refused).length).toBeGreaterThan(40);
  });

  it("starts none for a small catalogue", async () => {
    const startWorker = () => {
      throw new Error("not needed");
    };
    expect(await load({ threads: 2, aloneUpTo: 1000, startWorker })).toHaveLength(manyServers);
  });
});

/** Stands in for a thread: says it is ready, then does what the script says with its first task. */
const acting = (script: string) => () =>
  new Worker(`const { parentPort } = require("node:worker_threads"); ${script}; parentPort.postMessage("ready");`, {
    eval: true,
  });
const onTask = (script: string) => acting(`parentPort.on("message", () => { ${script} })`);

/** Goes round and round until the threads have come up and got something. */
async function loadUntilRefused(options: Partial<ServerLoaderOptions>): Promise<Error> {
  for (;;) {
    const failure = await load({ threads: 2, ...options }).then(
      () => null,
      (error: Error) => error,
    );
    if (failure) return failure;
  }
}

describe("a thread that does not do its work fails the load", () => {
  it.each<[string, () => Worker, RegExp, number?]>([
    ["ends", onTask("process.exit(0)"), /thread ended/],
    ["is killed with an error", onTask("throw new Error('boom')"), /thread failed/],
    ["runs out of memory", onTask("const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()))"), /thread/],
    ["never answers", onTask("for (;;) {}"), /thread hangs/],
    ["never comes up", acting("for (;;) {}"), /thread hangs/, 1],
    ["cannot start", acting("throw new Error('boom')"), /thread failed/],
  ])("when it %s", async (_what, startWorker, reason, silenceMs = 1000) => {
    const failure = await loadUntilRefused({ startWorker, silenceMs });
    expect(failure.message).toMatch(reason);
  });

  it("and hands on nothing that came after", async () => {
    const after: LoadedServer[] = [];
    const loader = new ServerLoader({
      trust,
      clock: () => now,
      threads: 1,
      aloneUpTo: 64,
      onLoaded: (server) => after.push(server),
    });
    for (const server of catalogue) await loader.add(server);
    loader.close();
    const handedOn = after.length;
    await expect(loader.add(catalogue[0] as ServerRecord)).rejects.toThrow(/ended/);
    await expect(loader.finish()).rejects.toThrow(/ended/);
    expect(after.length).toBe(handedOn);
  });
});

it("fails what waits for a thread when it is closed", async () => {
  const startWorker = onTask("for (;;) {}");
  const loader = new ServerLoader({
    trust,
    clock: () => now,
    threads: 1,
    aloneUpTo: 64,
    onLoaded: () => {},
    startWorker,
  });
  const adding = (async () => {
    for (;;) for (const server of catalogue) await loader.add(server);
  })();
  setTimeout(() => loader.close(), 300);
  await expect(adding).rejects.toThrow(/ended/);
});

/** Everything readers see of a server, made the way the catalogue makes it. */
function asShown({ name, versions, shelf, digestKeys }: LoadedServer) {
  const made = shelf ?? (versions.length > 0 ? makeShelf(name, versions, now) : null);
  const keys = shelf ? [...digestKeys] : [...digestKeysOf(versions)];
  if (!made) return { keys, made };
  const { entries, recorded, ...rest } = made;
  return { keys: keys.sort(), entries: entries.map(readable), recorded: recorded.map(readable), ...rest, latest: null };
}

function asRevoked({ revocation }: VerifiedVersion) {
  return revocation && { ...revocation, bundle: Buffer.from(revocation.bundle).toString() };
}

function readable({ facts, body, ...entry }: Entry) {
  const { answer, revocation: _, ...signed } = facts;
  return { ...entry, signed, answer: answer.toString(), body: body.toString() };
}
