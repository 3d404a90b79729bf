import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate, migrationsDir, readMigrations } from "#lib/db/migrate.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

// What nobody can write who has the rights of the application: values after which the product could not go on.

let database: TestDatabase;
let owner: pg.Client;
let app: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase();
  owner = new pg.Client(database.ownerUrl);
  app = new pg.Client(database.appUrl);
  await owner.connect();
  await app.connect();
});
afterEach(async () => {
  await owner.end();
  await app.end();
  await database.drop();
});

const refusalOf = (client: pg.Client, sql: string) =>
  client.query(sql).then(
    () => "done",
    (error: pg.DatabaseError) => `${error.code} ${error.message}`,
  );

async function superuser(sql: string): Promise<void> {
  const client = new pg.Client(database.superuserUrl);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

const selectTimes = `
  SELECT c.table_name, c.column_name, coalesce(pg_get_constraintdef(k.oid), '') AS rule
  FROM information_schema.columns c
  LEFT JOIN pg_constraint k ON k.conname = c.table_name || '_times' AND k.convalidated
  WHERE c.table_schema = 'public' AND c.table_name NOT LIKE '\\_%'
    AND (c.data_type LIKE 'timestamp%' OR c.data_type = 'date')`;

describe("times", () => {
  it("of every column are bounded", async () => {
    const { rows } = await owner.query<{ table_name: string; column_name: string; rule: string }>(selectTimes);
    expect(rows.length).toBeGreaterThan(60);
    // Once for the first time there is, once for the last.
    const bounded = rows.filter(({ rule, column_name }) => rule.split(new RegExp(`\\b${column_name}\\b`)).length === 3);
    expect(rows.filter((row) => !bounded.includes(row))).toEqual([]);
  });

  const person = (at: string, more = "NULL") => `
    INSERT INTO "Person" (id, email, "emailKey", name, "createdAt", "totpEnabledAt")
    VALUES (gen_random_uuid(), 'a', 'a', 'a', ${at}, ${more})`;

  it.each(["'infinity'", "'-infinity'", "'290000-01-01T00:00:00Z'", "'0044-03-15T00:00:00Z BC'"])(
    "cannot be %s",
    async (at) => {
      expect(await refusalOf(app, person(at))).toMatch(/^23514 .*Person_times/);
      expect(await refusalOf(app, person("now()", at))).toMatch(/^23514 .*Person_times/);
      expect(await refusalOf(app, person("'0001-01-01T00:00:00Z'", "'9999-12-31T23:59:59.999Z'"))).toBe("done");
      expect(await refusalOf(app, `UPDATE "Person" SET "passwordChangedAt" = ${at}`)).toMatch(/^23514 .*Person_times/);
      const { rows } = await app.query('SELECT "passwordChangedAt" FROM "Person"');
      expect(rows).toEqual([{ passwordChangedAt: null }]);
    },
  );
});

describe("counters", () => {
  it("of a channel's edits go up by one, so that it can always be edited and disabled", async () => {
    const set = (edition: string) => refusalOf(app, `UPDATE "Channel" SET edition = ${edition}, label = 'x'`);
    for (const edition of ["2147483647", "edition + 2"]) expect(await set(edition)).toMatch(/^23000 .*goes up by one/);
    expect([await set("edition"), await set("edition + 1")]).toEqual(["done", "done"]);
    const insert = `INSERT INTO "Channel" (id, slug, label, audience, selection, edition, "createdAt", "updatedAt")
      VALUES (gen_random_uuid(), 'last', '', 'anonymous', '{}', 2147483647, now(), now())`;
    expect(await refusalOf(app, insert)).toMatch(/^23000 .*goes up by one/);
    expect((await app.query('SELECT slug, edition FROM "Channel"')).rows).toEqual([{ slug: "default", edition: 2 }]);
  });

  it("of a trust root's versions follow each other, so that a newer one can always be added", async () => {
    const insert = (version: number) =>
      refusalOf(
        app,
        `INSERT INTO "TrustRoot" (id, slug, version, label, bytes, sha256, thresholds, "createdAt")
         VALUES (gen_random_uuid(), 'x', ${version}, '', '', '', '{}', now())`,
      );
    expect([await insert(1), await insert(2)]).toEqual(["done", "done"]);
    for (const version of [2147483647, 4, 0, -1]) expect(await insert(version)).toMatch(/^23000 .*does not follow/);
    const leap = `UPDATE "TrustRoot" SET version = 2147483647 WHERE version = 2`;
    expect(await refusalOf(app, leap)).toMatch(/^23000 .*does not follow/);
    expect(await refusalOf(app, `UPDATE "TrustRoot" SET "retiredAt" = now()`)).toBe("done");
    expect((await app.query('SELECT version FROM "TrustRoot" ORDER BY 1')).rows).toEqual([
      { version: 1 },
      { version: 2 },
    ]);
  });

  it("of attempts are never full, and their windows begin now", async () => {
    await app.query(`INSERT INTO "Instance" VALUES (1, 'production', 'https://registry.example.com', now())`);
    const insert = (at: string, count: number) =>
      refusalOf(app, `INSERT INTO "Throttle" VALUES ('k${count}', ${at}, ${count})`);
    expect(await insert("now()", 2147483647)).toMatch(/^23514 .*Throttle_count/);
    expect(await insert("now()", -1)).toMatch(/^23514 .*Throttle_count/);
    expect(await insert("now() + interval '2 days'", 1)).toMatch(/^23000 .*in the future/);
    expect(await insert("now()", 1)).toBe("done");
    const later = `UPDATE "Throttle" SET "windowStart" = '9999-01-01T00:00:00Z'`;
    expect(await refusalOf(app, later)).toMatch(/^23000 .*in the future/);
    // One that was there before the rule can be counted in, and begun again.
    await superuser(`SET session_replication_role = replica; ${later}`);
    expect(await refusalOf(app, `UPDATE "Throttle" SET count = count + 1`)).toBe("done");
    expect(await refusalOf(app, `UPDATE "Throttle" SET "windowStart" = now()`)).toBe("done");
  });

  it("of resolutions stay countable, so that one that is full holds up no other", async () => {
    const count = (number: string) => `
      INSERT INTO "Resolution" VALUES ('2026-01-01', '00000000-0000-4000-8000-000000000000', '', 'n', 'v', ${number}, now())
      ON CONFLICT (day, "channelId", reader, name, version) DO UPDATE SET count = "Resolution".count + excluded.count`;
    for (const number of ["9223372036854775807", "9223372036854775807", "1"])
      expect(await refusalOf(app, count(number))).toBe("done");
    expect((await app.query('SELECT count FROM "Resolution"')).rows).toEqual([{ count: "1000000000000000" }]);
  });
});

describe("the migrations that bring the limits", () => {
  const limits = "20261123043228_limits";
  let before: string;
  let early: pg.Client;

  /** A database of the version before. */
  beforeEach(async () => {
    before = mkdtempSync(path.join(tmpdir(), "cs-before-"));
    const names = (await readMigrations()).map(({ name }) => name).filter((name) => name < limits);
    for (const name of names) cpSync(path.join(migrationsDir, name), path.join(before, name), { recursive: true });
    await owner.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    await migrate(database.ownerUrl, before);
    early = new pg.Client(database.ownerUrl);
    await early.connect();
  });
  afterEach(async () => {
    await early.end();
    rmSync(before, { recursive: true, force: true });
  });

  const unchecked = async () =>
    (await owner.query("SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY 1")).rows.map(
      (row) => row.conname,
    );

  it("check what is there", async () => {
    expect(await migrate(database.ownerUrl)).toContain(limits);
    expect(await unchecked()).toEqual([]);
  });

  it("are not held up by rows beyond the limits, which keep to them when they are written again", async () => {
    await early.query(
      `INSERT INTO "Namespace" (id, name, "nameKey", "createdAt") VALUES (gen_random_uuid(), 'a', 'a', 'infinity')`,
    );
    await early.query(`INSERT INTO "Throttle" VALUES ('a', now(), 2147483647)`);
    await migrate(database.ownerUrl);
    expect(await unchecked()).toEqual(["Namespace_times", "Throttle_count"]);
    expect(await refusalOf(owner, `UPDATE "Namespace" SET "maxPending" = 2`)).toMatch(/^23514 /);
    expect(await refusalOf(owner, `UPDATE "Namespace" SET "createdAt" = now()`)).toBe("done");
  });

  it("give up rather than let everybody wait for whoever reads for long", { timeout: 30_000 }, async () => {
    await early.query(`BEGIN; SELECT count(*) FROM "Person"`);
    await expect(migrate(database.ownerUrl)).rejects.toThrow(/_limits failed and was rolled back: .*lock timeout/);
    await early.query("COMMIT");
    expect(await migrate(database.ownerUrl)).toContain(limits);
  });
});
