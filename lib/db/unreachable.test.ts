import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeDb, db } from "#lib/db/client.ts";
import { openPool } from "#lib/db/pool.ts";
import { transact } from "#lib/db/transact.ts";
import { isUnreachable } from "#lib/db/unreachable.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

const folder = mkdtempSync(path.join(tmpdir(), "cs-away-"));
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await leaveSocket();
});
afterEach(() => use(database.appUrl));
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function use(url: string): Promise<void> {
  await closeDb();
  process.env.DATABASE_URL = url;
}

/** What a server that was killed leaves behind: a socket nobody listens on. */
async function leaveSocket(): Promise<void> {
  const server = createServer().listen(path.join(folder, "live"));
  await once(server, "listening");
  renameSync(path.join(folder, "live"), path.join(folder, ".s.PGSQL.5432"));
  server.close();
}

async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => expect.fail("It did not fail."),
    (error: unknown) => error,
  );
}

const ways: [string, () => Promise<unknown>][] = [
  ["a query", () => db().person.findFirst()],
  ["a raw query", () => db().$queryRaw`SELECT 1`],
  ["a transaction", () => transact((tx) => tx.person.findFirst())],
];

describe.each([
  ["a port nobody listens on", () => "postgresql://a:b@127.0.0.1:1/x"],
  ["a local socket that is not there", () => "postgresql://a:b@localhost/x?host=/nowhere"],
  ["a local socket nobody listens on", () => `postgresql://a:b@localhost/x?host=${encodeURIComponent(folder)}`],
  ["a name nobody has", () => "postgresql://a:b@database.invalid/x"],
])("%s", (_where, url) => {
  it.each(ways)("fails %s as one of a database that is away", async (_way, work) => {
    await use(url());
    expect(isUnreachable(await failureOf(work))).toBe(true);
  });
});

describe("no connection in time", () => {
  const waitMs = 50;

  it("from a server that takes connections and says nothing", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const pool = openPool(`postgresql://a:b@127.0.0.1:${(server.address() as AddressInfo).port}/x`, waitMs);
    expect(isUnreachable(await failureOf(() => pool.query("SELECT 1")))).toBe(true);
    server.close();
    await pool.end();
  });

  it("from a pool whose connections are all busy", async () => {
    const pool = openPool(database.appUrl);
    const busy = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
    pool.options.connectionTimeoutMillis = waitMs;
    expect(isUnreachable(await failureOf(() => pool.query("SELECT 1")))).toBe(true);
    for (const client of busy) client.release();
    expect((await pool.query("SELECT 1")).rowCount).toBe(1);
    await pool.end();
  });
});

describe("a connection that is cut", () => {
  async function cut(): Promise<void> {
    const client = new pg.Client(database.appUrl);
    await client.connect();
    const mine = "usename = current_user AND pid <> pg_backend_pid() AND datname = current_database()";
    await client.query(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE ${mine}`);
    await client.end();
    // The driver hears of it in a turn of its own.
    await sleep(50);
  }

  async function underWay(statement: Promise<unknown>): Promise<unknown> {
    const [answered] = await Promise.allSettled([statement, sleep(200).then(cut)]);
    if (answered.status === "rejected") throw answered.reason;
    return answered.value;
  }

  it.each<[string, () => Promise<unknown>]>([
    ["under a statement", () => underWay(db().$queryRaw`SELECT 1 FROM pg_sleep(10)`)],
    [
      "between two statements",
      () =>
        transact((tx) =>
          tx.person
            .findFirst()
            .then(cut)
            .then(() => tx.person.findFirst()),
        ),
    ],
    [
      "before a raw statement",
      () =>
        transact((tx) =>
          tx.person
            .findFirst()
            .then(cut)
            .then(() => tx.$queryRaw`SELECT 1`),
        ),
    ],
    ["before the commit", () => transact((tx) => tx.resolution.deleteMany().then(cut))],
  ])("%s fails it so", async (_when, work) => {
    expect(isUnreachable(await failureOf(work))).toBe(true);
  });
});

describe("what is another failure", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["a wrong statement", () => db().$queryRaw`SELECT no_such_column`],
    ["a row that is not there", () => db().person.findFirstOrThrow()],
    ["what a transaction itself throws", () => transact(() => Promise.reject(new Error("no")))],
    ["a door that is closed to another part", () => fetch("http://127.0.0.1:1/")],
  ])("%s", async (_what, work) => {
    expect(isUnreachable(await failureOf(work))).toBe(false);
  });

  it("wrong credentials", async () => {
    await use(database.appUrl.replace(/:[^:@]+@/, ":wrong@"));
    expect(isUnreachable(await failureOf(() => db().person.findFirst()))).toBe(false);
  });

  it.each([null, undefined, "P1001", { code: 57 }, { code: "08" }, { code: "ENOENT", syscall: "open" }])(
    "%j",
    (thrown) => {
      expect(isUnreachable(thrown)).toBe(false);
    },
  );

  it("a chain without end", () => {
    const chain: { cause?: unknown } = {};
    chain.cause = chain;
    expect(isUnreachable(chain)).toBe(false);
  });
});
