import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { zstdDecompressSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actorFromSession, signIn } from "#lib/access/index.ts";
import { type CreatedBackup, createBackup, type RestoredBackup, restoreBackup } from "#lib/backup/index.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { closeDb, db } from "#lib/db/client.ts";
import { verifyChains } from "#lib/ledger/index.ts";
import { createDatabaseSource } from "#lib/resolver/index.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane } from "#lib/resolver/testing/plane.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";
import { createLivingRegistry, type LivingRegistry, password } from "#lib/testing/living-registry.ts";
import { readTableContents, type TableContents } from "#lib/testing/table-contents.ts";
import { names } from "#lib/testing/trouble/database-verbs.ts";
import { askEverything } from "#lib/testing/trouble/every-answer.ts";

const bases = ["/v0.1", "/c/narrow/v0.1"];
/** What does not travel, or not whole, and the chain that both commands add to. */
const different = ["Session", "Throttle", "OneTimeLink", "LedgerEntry", "LedgerHead"];

let living: LivingRegistry;
let target: TestDatabase;
let file: string;
let before: TableContents;
let created: CreatedBackup;
let restored: RestoredBackup;
let ledgerBefore: string[];

beforeAll(async () => {
  living = await createLivingRegistry();
  const { registry, verbs, keySet, dir } = living;
  file = path.join(dir, "whole.backup");
  before = await readTableContents(...different);
  ledgerBefore = await readLedger();
  const versions = ["4.0.0", "5.0.0", "6.0.0"];
  // People go on meanwhile: before each of many tables something is published that must not be in it, nor half of it.
  const onTable = async (name: string) => {
    const version = ["Server", "Bundle", "LedgerEntry"].includes(name) ? versions.pop() : undefined;
    if (version) await verbs.perform(["publish", "com.acme/later", version]);
  };
  const input = { file, url: registry.database.appUrl, registryKeyDir: registry.keyDir, onTable };
  created = await createBackup(registry.system, input);
  target = await createTestDatabase();
  const { ownerUrl } = target;
  restored = await restoreBackup(registry.system, { file, ownerUrl, keySet, revocationsFile: path.join(dir, "none") });
});
afterAll(async () => {
  await target.drop();
  process.env.DATABASE_URL = living.registry.database.appUrl;
  await living.close();
});

async function use({ appUrl }: TestDatabase): Promise<void> {
  await closeDb();
  process.env.DATABASE_URL = appUrl;
}

/** Number, digest and bytes of every event. */
async function readLedger(): Promise<string[]> {
  const rows = await db().ledgerEntry.findMany({ orderBy: { seq: "asc" } });
  return rows.map((row) => `${row.seq} ${row.at.toISOString()} ${row.sha256} ${Buffer.from(row.body).toString()}`);
}

async function readEverything({ appUrl }: TestDatabase): Promise<Record<string, string>> {
  const log = recordingLog();
  const source = createDatabaseSource(appUrl, log);
  const { keySet, registry } = living;
  const clock = () => registry.clock.now().getTime();
  const plane = await listenPlane({ registry: { registryId: testRegistryId, keySet }, source, clock });
  try {
    await plane.start();
    return await askEverything(plane, bases);
  } finally {
    await plane.close();
    await source.close();
    expect(log.events).toEqual([]);
  }
}

describe("a backup", () => {
  it("is one file of this account's, and says of itself what it is", () => {
    expect(readdirSync(living.dir)).toEqual(["whole.backup"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(file);
    expect(created).toMatchObject({ bytes: bytes.length, sha256: sha256Hex(bytes) });
    expect(created.predicate).toMatchObject({ registry: testRegistryId, instanceKind: "test" });
    expect(created.predicate.chains.map(({ intact }) => intact)).toEqual([true, true]);
    expect(created.predicate.chains[0]?.auditHeadsChecked).toBeGreaterThan(5);
  });

  it("holds neither private keys nor what opens something: sessions, links nobody used", async () => {
    await use(target);
    expect(await db().session.count()).toBe(0);
    expect(await db().throttle.count()).toBe(0);
    const links = await db().oneTimeLink.findMany();
    expect(links.map(({ kind, consumedAt }) => [kind, consumedAt !== null])).toEqual([["password_reset", true]]);
    const bytes = readFileSync(file);
    const text = zstdDecompressSync(bytes.subarray(8 + bytes.readUInt32LE(4))).toString();
    expect(text).toContain('{"table":"LedgerEntry"');
    expect(text).not.toContain("PRIVATE KEY");
    const key = readFileSync(path.join(living.registry.keyDir, "registry.key"), "utf8").split("\n")[1] ?? "";
    expect(text).not.toContain(key);
    expect(bytes.toString("latin1")).not.toContain(key);
  });

  it("is recorded after the moment it is of, with its digest", async () => {
    await use(living.registry.database);
    const entry = await db().ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(entry.action).toBe("backup.create");
    expect(JSON.parse(Buffer.from(entry.body).toString()).details).toMatchObject({
      sha256: created.sha256,
      ledgerSeq: ledgerBefore.length,
    });
    expect(Number(entry.seq)).toBe(ledgerBefore.length + 4);
  });
});

describe("what was restored", () => {
  it("is every row as of one moment, although people went on", async () => {
    await use(target);
    expect(await readTableContents(...different)).toEqual(before);
    expect(before.Version?.rows).toBe(7);
    expect(await db().server.count({ where: { name: "com.acme/later" } })).toBe(0);
    expect((await readLedger()).slice(0, -1)).toEqual(ledgerBefore);
    expect(restored).toMatchObject({ predicate: created.predicate, waitingChanges: 1, lostRevocations: [] });
  });

  it("is an audit that is whole and goes on", async () => {
    await use(target);
    const chains = await verifyChains({ keySet: living.keySet, registryId: testRegistryId });
    expect(chains.map(({ intact, broken }) => [intact, broken])).toEqual([
      [true, null],
      [true, null],
    ]);
    const last = await db().ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect([last.action, Number(last.seq)]).toEqual(["backup.restore", ledgerBefore.length + 1]);
  });

  it("guards itself as before", async () => {
    const owner = new pg.Client(target.ownerUrl);
    await owner.connect();
    const paused = await owner.query(`SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O' AND NOT tgisinternal`);
    expect(paused.rows).toEqual([]);
    for (const table of ["LedgerEntry", "LedgerHead", "RefusalHead", "Channel", "Instance"]) {
      await expect(owner.query(`DELETE FROM "${table}"`)).rejects.toThrow(/written once/);
    }
    await owner.end();
  });

  it("lets people sign in, and take part again", async () => {
    await use(target);
    const { registry, verbs } = living;
    const anonymous = registry.as({ kind: "anonymous" });
    const { sessionId } = await signIn(anonymous, { email: registry.reviewer.email, password }, "browser");
    expect(await actorFromSession({ id: sessionId }, registry.clock.now())).toMatchObject({ name: "Rae Reviewer" });
    await verbs.perform(["publish", names[2] ?? "", "3.0.0"]);
    await verbs.perform(["approve", names[2] ?? "", "3.0.0"]);
    await verbs.perform(["revoke", names[2] ?? "", "1.0.0"]);
    const [ledger] = await verifyChains({ keySet: living.keySet, registryId: testRegistryId });
    expect(ledger).toMatchObject({ intact: true });
  });
});

it("gives readers the same bytes at every address, page by page", async () => {
  const { registry, keySet, dir } = living;
  await use(registry.database);
  const second = path.join(dir, "second.backup");
  await createBackup(registry.system, { file: second, url: registry.database.appUrl, registryKeyDir: registry.keyDir });
  const answersBefore = await readEverything(registry.database);
  const other = await createTestDatabase();
  const input = { file: second, ownerUrl: other.ownerUrl, keySet, revocationsFile: path.join(dir, "none") };
  await restoreBackup(registry.system, input);
  expect(await readEverything(other)).toEqual(answersBefore);
  const statuses = new Set(Object.values(answersBefore).map((answer) => answer.slice(0, 3)));
  expect([Object.keys(answersBefore).length > 50, statuses.has("200"), statuses.has("404")]).toEqual([
    true,
    true,
    true,
  ]);
  await other.drop();
});

it("leaves no file that the ledger does not know of", async () => {
  const { registry, dir } = living;
  await use(registry.database);
  const { appUrl, ownerUrl } = registry.database;
  const right = `INSERT ON "LedgerEntry"`;
  const role = pg.escapeIdentifier(new URL(appUrl).username);
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  const unrecorded = path.join(dir, "unrecorded.backup");
  try {
    await owner.query(`REVOKE ${right} FROM ${role}`);
    const input = { file: unrecorded, url: appUrl, registryKeyDir: registry.keyDir };
    await expect(createBackup(registry.system, input)).rejects.toThrow(/permission denied/);
    expect(readdirSync(dir).filter((name) => name.includes("unrecorded"))).toEqual([]);
  } finally {
    await owner.query(`GRANT ${right} TO ${role}`);
    await owner.end();
  }
});
