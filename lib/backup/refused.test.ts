import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CreateBackupInput, createBackup, restoreBackup } from "#lib/backup/index.ts";
import { withBackup } from "#lib/backup/open-backup.ts";
import type { Ctx } from "#lib/core/context.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { ensureRegistryKey } from "#lib/registry-key/index.ts";
import { type Crafted, craftBackup } from "#lib/testing/crafted-backup.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";
import { createLivingRegistry, type LivingRegistry } from "#lib/testing/living-registry.ts";
import { readTableContents, type TableContents } from "#lib/testing/table-contents.ts";

// Every test tries to restore into the same database. The last one does, which only works while it is empty.

let living: LivingRegistry;
let target: TestDatabase;
let good: string;
let bad: string;
let empty: TableContents;

beforeAll(async () => {
  living = await createLivingRegistry();
  const { registry, dir } = living;
  good = path.join(dir, "good.backup");
  bad = path.join(dir, "bad.backup");
  await createBackup(registry.system, { file: good, url: registry.database.appUrl, registryKeyDir: registry.keyDir });
  target = await createTestDatabase();
  empty = await readTableContents();
});
afterAll(async () => {
  await target.drop();
  process.env.DATABASE_URL = living.registry.database.appUrl;
  await living.close();
});

type Changes = { file?: string; ownerUrl?: string; keySet?: LivingRegistry["keySet"]; ctx?: Partial<Ctx> };

function restore({ ctx, ...changes }: Changes) {
  const revocationsFile = path.join(living.dir, "none");
  const input = { file: good, ownerUrl: target.ownerUrl, keySet: living.keySet, revocationsFile, ...changes };
  return restoreBackup({ ...living.registry.system, ...ctx }, input);
}

/** Code and detail of a refusal, after which the database is as it was. */
async function refuse(changes: Changes): Promise<string> {
  const refusal = await restore(changes).then(
    () => "restored",
    (error: unknown) => {
      if (!isDomainError(error)) throw error;
      return `${error.code}: ${error.detail}`;
    },
  );
  expect(await readTableContents()).toEqual(empty);
  return refusal;
}

async function run(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
}

describe("a file", () => {
  const refuseBytes = (bytes: Buffer) => {
    writeFileSync(bad, bytes);
    return refuse({ file: bad });
  };

  it.each([
    ["nothing", "", /not a Countersign backup/],
    ["a few bytes", "backup", /not a Countersign backup/],
    ["a dump", `PGDMP${"x".repeat(5000)}`, /not a Countersign backup/],
  ])("of %s is no backup", async (_what, text, reason) => {
    expect(await refuseBytes(Buffer.from(text))).toMatch(reason);
  });

  it("of a later format is not guessed at", async () => {
    const bytes = readFileSync(good);
    bytes.write("2", bytes.indexOf("backup 1") + "backup ".length);
    expect(await refuseBytes(bytes)).toMatch(/^invalid-input: .*format this version does not know/);
  });

  it("that ends too early, or goes on, is refused", async () => {
    const bytes = readFileSync(good);
    for (const kept of [24, 28, 40, 1000, bytes.length >> 1, bytes.length - 5, bytes.length - 1]) {
      expect(await refuseBytes(bytes.subarray(0, kept))).toMatch(/^invalid-input: .*Nothing was restored/);
    }
    expect(await refuseBytes(Buffer.concat([bytes, Buffer.alloc(1)]))).toMatch(/^invalid-input: /);
    expect(await refuseBytes(Buffer.concat([bytes, bytes]))).toMatch(/^invalid-input: /);
  });

  it("with one other bit, wherever it is, is refused before anything is unpacked", async () => {
    const bytes = readFileSync(good);
    const trust = { keySet: living.keySet, registryId: testRegistryId };
    const tail = bytes.length - 200;
    const places = [...bytes.keys()].filter((at) => at < 200 || at > tail || at % 97 === 0);
    const taken: number[] = [];
    for (const at of places) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(bad, flipped);
      const verdict = await withBackup(bad, trust, async () => "opened").catch((error) => error.code);
      if (verdict !== "invalid-input") taken.push(at);
    }
    expect(taken).toEqual([]);
    expect(places.length).toBeGreaterThan(500);
  });
});

describe("another's backup", () => {
  it("of another registry is refused, also with the same keys", async () => {
    const ctx = { registryId: "https://other.example.com" };
    expect(await refuse({ ctx })).toMatch(/^invalid-input: .*predicate-type/);
  });

  it("signed by no key of the key set is refused", async () => {
    const dir = path.join(living.dir, "other-keys");
    const keySet = await ensureRegistryKey({ dir, registryId: testRegistryId, now: new Date(0) });
    expect(await refuse({ keySet })).toMatch(/^invalid-input: .*key-unknown/);
  });

  it("signed by a key that is revoked now, or at a time that was not its own, is refused", async () => {
    const at = new Date(0).toISOString();
    const change = (facts: object) => ({ keys: living.keySet.keys.map((key) => ({ ...key, ...facts })) });
    expect(await refuse({ keySet: change({ revokedAt: at }) })).toMatch(/^invalid-input: .*key-revoked/);
    expect(await refuse({ keySet: change({ notAfter: at }) })).toMatch(/^invalid-input: .*key-not-valid/);
  });

  it("of another kind of instance is refused", async () => {
    const refusal = await refuse({ ctx: { instanceKind: "production" } });
    expect(refusal).toMatch(/^conflict: .*test instance, which never becomes a production one/);
  });
});

describe("a database", () => {
  const event = `
    WITH h AS (UPDATE "LedgerHead" SET seq = 1, at = now(), sha256 = encode(sha256('x'), 'hex') RETURNING at)
    INSERT INTO "LedgerEntry" (seq, at, action, "actorLabel", subject, body, "prevSha256", sha256)
    SELECT 1, at, 'x', 'x', 'x', 'x', '', encode(sha256('x'), 'hex') FROM h`;

  it("of the application role is refused", async () => {
    expect(await refuse({ ownerUrl: target.appUrl })).toMatch(/^conflict: .*DATABASE_OWNER_URL/);
  });

  it("that is in use is refused", async () => {
    const other = new pg.Client(target.ownerUrl);
    await other.connect();
    await other.query('BEGIN; LOCK TABLE "Person" IN ACCESS SHARE MODE');
    const refusal = restore({}).catch((error) => error.detail);
    expect(await refusal).toMatch(/Something else is using this database/);
    await other.end();
    expect(await readTableContents()).toEqual(empty);
  });

  it("of another version is refused", async () => {
    const add = `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', 'later', now())`;
    await run(target.ownerUrl, add);
    expect(await refuse({})).toMatch(/^conflict: .*another version/);
    await run(target.ownerUrl, `DELETE FROM "_prisma_migrations" WHERE id = 'x'`);
    await run(target.ownerUrl, `ALTER TABLE "Server" ADD COLUMN more text`);
    expect(await refuse({})).toMatch(/^conflict: .*another version/);
    await run(target.ownerUrl, `ALTER TABLE "Server" DROP COLUMN more`);
  });

  it.each([
    [
      "a registry",
      `INSERT INTO "Instance" VALUES (1, 'test', 'https://there.example.com', now())`,
      /holds the registry https:\/\/there/,
    ],
    ["a counter", `INSERT INTO "Throttle" VALUES ('x', now(), 1)`, /rows in Throttle/],
    [
      "a person",
      `INSERT INTO "Person" (id, email, "emailKey", name, "createdAt") VALUES (gen_random_uuid(), 'a', 'a', 'a', now())`,
      /rows in Person/,
    ],
    ["an edited channel", `UPDATE "Channel" SET edition = 2`, /rows in Channel/],
    ["an event", event, /rows in LedgerEntry, LedgerHead/],
  ])("with %s in it is refused and left alone", async (_what, sql, reason) => {
    const used = await createTestDatabase();
    await run(used.ownerUrl, sql);
    const before = await readTableContents();
    const refusal = await restore({ ownerUrl: used.ownerUrl }).catch((error) => error.message);
    expect(refusal).toMatch(reason);
    expect(await readTableContents()).toEqual(before);
    await used.drop();
    process.env.DATABASE_URL = target.appUrl;
  });
});

describe("a backup that the registry key signed, and that is not what a registry wrote,", () => {
  const craft = async (change: (crafted: Crafted) => void, honest = true) => {
    const { keySet, registry } = living;
    await craftBackup({ from: good, to: bad, keySet, keyDir: registry.keyDir }, change, { honest });
    return refuse({ file: bad });
  };
  const dropTable = `Person"; DROP TABLE "Person"; --`;

  it.each<[string, (crafted: Crafted) => void, RegExp]>([
    ["has fewer rows than it says", ({ part }) => part("RefusalHead").rows.pop(), /fewer rows/],
    ["has more rows than it says", ({ part }) => part("RefusalHead").rows.push("[]"), /more rows/],
    ["has a row of its own", ({ part }) => part("Person").rows.splice(0, 1, '["x"]'), /malformed/],
    ["has a row that is no JSON", ({ part }) => part("Person").rows.splice(0, 1, "x"), /malformed/],
    ["has values that are no text", ({ part }) => part("LedgerHead").rows.splice(0, 1, "[1,1,1,1]"), /malformed/],
    ["has rows in another order", ({ part }) => part("Person").rows.reverse(), /not those that were signed/],
    ["has tables in another order", ({ parts }) => parts.reverse(), /not at its place/],
    [
      "names a table of its own",
      ({ part }) => (part("Person").header = `{"table":${JSON.stringify(dropTable)}}`),
      /not at its place/,
    ],
    ["lacks a table", ({ predicate }) => predicate.tables.pop(), /another version/],
    [
      "says of itself another column",
      ({ said }) => said("Person").columns.push([dropTable, "text"]),
      /another version/,
    ],
    [
      "says of itself another type",
      ({ said }) => said("Person").columns.splice(0, 1, ["id", "text"]),
      /another version/,
    ],
    ["says of itself another table", ({ said }) => (said("Person").name = dropTable), /another version/],
    [
      "has a row of any length",
      ({ part }) => part("Person").rows.splice(0, 1, "x".repeat(17 * 1024 * 1024)),
      /too long/,
    ],
  ])("and %s, is refused", async (_what, change, reason) => {
    expect(await craft(change, false)).toMatch(reason);
  });

  const edit = (table: string, from: RegExp, to: string) => (crafted: Crafted) => {
    const { rows } = crafted.part(table);
    const at = rows.findIndex((row) => from.test(row));
    expect(at).toBeGreaterThanOrEqual(0);
    rows[at] = rows[at]?.replace(from, to) ?? "";
  };

  it.each<[string, (crafted: Crafted) => void, RegExp]>([
    [
      "a value that is none of its type",
      edit("Person", /2026-/, "never"),
      /database refuses the backup: invalid input/,
    ],
    ["a NUL", edit("Person", /Rae/, "R\\u0000e"), /database refuses/],
    ["a manifest with other bytes", edit("Version", /\\\\x7b0a/, "\\\\x7b20"), /database refuses .*manifestDigest/],
    [
      "an event with other bytes",
      edit("LedgerEntry", /\\\\x7b22/, "\\\\x7b23"),
      /database refuses .*LedgerEntry_sha256/,
    ],
    [
      "a row twice",
      ({ part }) => part("Person").rows.push(part("Person").rows[0] ?? ""),
      /database refuses .*duplicate/,
    ],
    ["a row without its parent", ({ part }) => part("Server").rows.pop(), /database refuses .*foreign key/],
    ["no head", ({ part }) => part("LedgerHead").rows.pop(), /database refuses .*The entry lies beyond the head/],
    ["an older head", edit("LedgerHead", /"1","\d+"/, '"1","3"'), /database refuses .*The (head does not|entry lies)/],
    ["no last event", ({ part }) => part("LedgerEntry").rows.pop(), /database refuses .*The head does not stand/],
    ["no first event", ({ part }) => part("LedgerEntry").rows.shift(), /audit is not judged/],
    [
      "an event that says in a list what it does not say",
      edit("LedgerEntry", /version\.revoke/, "version.expire"),
      /audit is not judged/,
    ],
    ["another countersignature", edit("Approval", /\\\\x7b22/, "\\\\x7b23"), /audit is not judged/],
    ["no refusals", ({ part }) => part("RefusalEntry").rows.splice(0), /database refuses .*The head does not stand/],
    ["no countersignature of a round", ({ part }) => part("Approval").rows.pop(), /audit is not judged/],
    [
      "a link that nobody used",
      edit("OneTimeLink", /,"[^"]*",null\]$/, ",null,null]"),
      /OneTimeLink does not come out/,
    ],
    ["a value in another form", edit("Person", /\+00"/, '+00:00"'), /Person does not come out/],
  ])("and has %s, is refused", async (_what, change, reason) => {
    expect(await craft(change)).toMatch(reason);
  });
});

describe("making one", () => {
  const create = (file: string, { ctx, ...more }: Partial<CreateBackupInput> & { ctx?: Partial<Ctx> } = {}) => {
    const { database, keyDir, system } = living.registry;
    const input = { file, url: database.appUrl, registryKeyDir: keyDir, ...more };
    return createBackup({ ...system, ...ctx }, input);
  };
  const another = () => path.join(living.dir, "another.backup");

  it("replaces no file", async () => {
    const before = readFileSync(good);
    await expect(create(good)).rejects.toMatchObject({ code: "conflict", detail: /exists already/ });
    expect(readFileSync(good)).toEqual(before);
  });

  it("leaves nothing when it fails", async () => {
    const before = readdirSync(living.dir);
    const url = living.registry.database.appUrl.replace(/:[^:@/]+@/, ":wrong@");
    await expect(create(another(), { url })).rejects.toThrow(/password/);
    await expect(create(another(), { registryKeyDir: path.join(living.dir, "nowhere") })).rejects.toThrow(/ENOENT/);
    const onTable = () => Promise.reject(new Error("the disk is full"));
    await expect(create(another(), { onTable })).rejects.toThrow(/disk is full/);
    expect(readdirSync(living.dir)).toEqual(before);
  });

  it("names a row that is so large that nobody could restore it", async () => {
    const { database } = living.registry;
    const before = readdirSync(living.dir);
    const id = "0193a5b0-0000-7000-8000-00000000000a";
    const columns = `id, email, "emailKey", name, "createdAt"`;
    const name = `repeat('x', ${17 * 1024 * 1024})`;
    await run(database.appUrl, `INSERT INTO "Person" (${columns}) VALUES ('${id}', 'long', 'long', ${name}, now())`);
    const detail = expect.stringMatching(
      `^The row of Person with key ${id} has \\d+ bytes; a backup holds 16777216 of`,
    );
    await expect(create(another())).rejects.toMatchObject({ code: "conflict", detail });
    await run(database.ownerUrl, `DELETE FROM "Person" WHERE email = 'long'`);
    expect(readdirSync(living.dir)).toEqual(before);
  });

  it("and restoring one are for our own processes", async () => {
    const { registry } = living;
    const ctx = { actor: registry.admin };
    await expect(create(another(), { ctx })).rejects.toMatchObject({ code: "forbidden" });
    expect(existsSync(another())).toBe(false);
    expect(await refuse({ ctx })).toMatch(/^forbidden/);
  });
});

it("is restored into the same database after all, and only once", async () => {
  expect((await restore({})).predicate.registry).toBe(testRegistryId);
  const detail = expect.stringMatching(/already holds the registry https:\/\/registry\.example\.com/);
  await expect(restore({})).rejects.toMatchObject({ code: "conflict", detail });
});
