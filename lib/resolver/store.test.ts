import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import type { VersionRecord } from "#lib/resolver/source.ts";
import { createDatabaseSource, type DatabaseSource } from "#lib/resolver/store.ts";
import { DatabaseWriter } from "#lib/resolver/testing/database-writer.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { bundleBytes, makeRegistry, makeVersion, trustRootBytes } from "#lib/resolver/testing/registry.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

const registry = makeRegistry();
let database: TestDatabase;
let writer: DatabaseWriter;
let source: DatabaseSource;
let plane: TestPlane;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  writer = await new DatabaseWriter(database.superuserUrl).open();
  source = createDatabaseSource(database.appUrl, recordingLog());
});
afterAll(async () => {
  await source.close();
  await writer.client.end();
  await database.drop();
});

/** Of this database alone: other tests have readers on the same server. */
const endReaders = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE application_name = 'countersign resolver' AND datname = current_database()`;

const newName = () => `io.acme/server-${String(++count).padStart(3, "0")}`;
const urlOf = (name: string, version = "latest") => `/v0.1/servers/${encodeURIComponent(name)}/versions/${version}`;

async function startPlane(pollMs = 20): Promise<TestPlane> {
  const started = await listenPlane({ registry, source, pollMs });
  await started.start();
  return started;
}

async function latestOf(name: string, at = plane) {
  const { status, json } = await at.ask(urlOf(name));
  return status === 200 ? json<{ server: { version: string } }>().server.version : status;
}
const becomes = (name: string, expected: unknown) =>
  vi.waitFor(async () => expect(await latestOf(name)).toBe(expected), { timeout: 5000, interval: 10 });

describe("reading", () => {
  it("gives the same by snapshot and by server, across portions", async () => {
    const names = Array.from({ length: 150 }, newName);
    for (const name of names) {
      await writer.add(
        name,
        makeVersion(registry, { name, version: "1.0.0", revoked: true }),
        makeVersion(registry, { name, version: "2.0.0" }),
      );
    }
    const loaded = new Map<string, VersionRecord[]>();
    const { position } = await source.loadSnapshot(({ name, versions }) => void loaded.set(name, versions));
    expect([...loaded.keys()]).toEqual(names);
    const [name = ""] = names;
    const byVersion = (a: VersionRecord, b: VersionRecord) => a.version.localeCompare(b.version);
    const { server: single, position: reached } = await source.loadServer(name);
    expect(single?.versions.sort(byVersion)).toEqual(loaded.get(name)?.sort(byVersion));
    expect(single?.versions.map(({ approvals }) => approvals.length)).toEqual([2, 1]);
    expect(position.seq).toBe(150n);
    for (const each of [reached, (await source.loadChannels()).position, (await source.loadAccess()).position]) {
      expect(each).toEqual(position);
    }
    expect(await source.readLedger(150n, 10)).toEqual([
      { ...position, action: "version.countersign", serverName: names.at(-1) },
    ]);
  });

  it("fails, and no more, when its connection breaks between two portions", async () => {
    for (let count = 0; count < 3; count++) {
      const name = newName();
      await writer.add(name, makeVersion(registry, { name, version: "1.0.0" }));
    }
    let cut = false;
    const loading = source.loadSnapshot(async () => {
      if (cut) return;
      cut = true;
      await writer.client.query(endReaders);
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await expect(loading).rejects.toThrow(/connection/);
    const { position } = await source.loadSnapshot(() => {});
    expect(position.seq).toBeGreaterThan(0n);
  });

  it("leaves out what was never countersigned", async () => {
    const name = newName();
    const row = { approvals: [], round: 0 };
    const states = ["pending", "rejected", "withdrawn"];
    await writer.add(
      name,
      ...states.map((state, i) => makeVersion(registry, { name, version: `${i}.0.0`, row: { ...row, state } })),
    );
    for (const each of [name, "io.acme/never"]) expect((await source.loadServer(each)).server).toBeNull();
  });

  it("finds raw bytes by digest", async () => {
    const name = newName();
    const version = makeVersion(registry, { name, version: "1.0.0" });
    await writer.add(name, version);
    const [approval] = version.approvals;
    const hex = (bytes: Uint8Array) => digestOf(bytes).slice(7);
    expect(await source.readBlob("bundle", hex(bundleBytes(name, "1.0.0")))).toEqual(bundleBytes(name, "1.0.0"));
    expect(await source.readBlob("approval", approval?.sha256 ?? "")).toEqual(approval?.bundle);
    expect(await source.readBlob("trusted-root", hex(trustRootBytes))).toEqual(trustRootBytes);
    expect(await source.readBlob("approval", "0".repeat(64))).toBeNull();
  });

  it("goes on following while bytes that readers ask for cannot be read", async () => {
    const name = newName();
    await writer.add(name, makeVersion(registry, { name, version: "1.0.0" }));
    await writer.client.query(`BEGIN; LOCK TABLE "Bundle" IN ACCESS EXCLUSIVE MODE`);
    const asked = Promise.allSettled(Array.from({ length: 10 }, () => source.readBlob("bundle", "0".repeat(64))));
    try {
      expect(await source.readLedger(1n, 1)).toHaveLength(1);
      expect((await source.loadAccess()).access.channels).toHaveLength(1);
    } finally {
      await writer.client.query("ROLLBACK");
      await asked;
    }
  });
});

describe("propagation", () => {
  afterEach(() => plane.close());

  it("by notification alone", async () => {
    plane = await startPlane(600_000);
    const name = newName();
    await writer.add(name, makeVersion(registry, { name, version: "1.0.0" }));
    await becomes(name, "1.0.0");
  });

  it("by polling alone", async () => {
    const deaf = { ...source, listen: () => async () => {} };
    plane = await listenPlane({ registry, source: deaf });
    await plane.start();
    const name = newName();
    await writer.add(name, makeVersion(registry, { name, version: "1.0.0" }));
    await becomes(name, "1.0.0");
  });

  it("goes on after every connection was cut", async () => {
    plane = await startPlane(600_000);
    const name = newName();
    await becomes(name, 404);
    await writer.client.query(endReaders);
    await writer.add(name, makeVersion(registry, { name, version: "1.0.0" }));
    await becomes(name, "1.0.0");
  });

  it("loads all again when the ledger lost its end", async () => {
    const name = newName();
    await writer.add(name, makeVersion(registry, { name, version: "1.0.0" }));
    plane = await startPlane();
    await writer.tamper(
      `UPDATE "Version" SET state = 'quarantined' WHERE "serverId" = (SELECT id FROM "Server" WHERE name = $1)`,
      [name],
    );
    await writer.tamper(`DELETE FROM "LedgerEntry" WHERE seq = (SELECT max(seq) FROM "LedgerEntry")`);
    await becomes(name, 404);
    expect(plane.events).toContainEqual(expect.objectContaining({ event: "ledger-replaced" }));
    await writer.tamper(
      `UPDATE "LedgerHead" SET (seq, sha256) = (SELECT seq, sha256 FROM "LedgerEntry" ORDER BY seq DESC LIMIT 1)`,
    );
  });
});
