import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate, migrationsDir } from "#lib/db/migrate.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

let database: TestDatabase;
let dir: string;

beforeEach(async () => {
  database = await createTestDatabase();
  dir = mkdtempSync(path.join(tmpdir(), "cs-migrations-"));
  cpSync(migrationsDir, dir, { recursive: true });
});

afterEach(async () => {
  await database.drop();
  rmSync(dir, { recursive: true, force: true });
});

function add(name: string, sql: string): void {
  mkdirSync(path.join(dir, name));
  writeFileSync(path.join(dir, name, "migration.sql"), sql);
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client(database.ownerUrl);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

const run = () => migrate(database.ownerUrl, dir);

describe("migrate", () => {
  it("applies what is new, in name order, and nothing twice", async () => {
    add("99990000000002_second", "INSERT INTO steps VALUES (2)");
    add("99990000000001_first", "CREATE TABLE steps (n int); INSERT INTO steps VALUES (1)");
    expect(await run()).toEqual(["99990000000001_first", "99990000000002_second"]);
    expect(await run()).toEqual([]);
    expect(await query("SELECT n FROM steps ORDER BY n")).toEqual([[1], [2]]);
  });

  it("applies each once when two processes start together", async () => {
    add("99990000000001_first", "CREATE TABLE steps (n int); SELECT pg_sleep(0.2)");
    const applied = await Promise.all([run(), run()]);
    expect(applied.flat()).toEqual(["99990000000001_first"]);
  });

  it("leaves nothing of one that fails, and applies it once it is repaired", async () => {
    add("99990000000001_first", "CREATE TABLE steps (n int); SELECT 1/0");
    await expect(run()).rejects.toThrow(/99990000000001_first failed and was rolled back: division by zero/);
    expect(await query("SELECT to_regclass('steps')")).toEqual([[null]]);
    expect(await query(`SELECT 1 FROM "_prisma_migrations" WHERE migration_name LIKE '9999%'`)).toEqual([]);
    writeFileSync(path.join(dir, "99990000000001_first", "migration.sql"), "CREATE TABLE steps (n int)");
    expect(await run()).toEqual(["99990000000001_first"]);
  });

  it("refuses one that was edited after it was applied", async () => {
    add("99990000000001_first", "SELECT 1");
    await run();
    writeFileSync(path.join(dir, "99990000000001_first", "migration.sql"), "SELECT 2");
    await expect(run()).rejects.toThrow(/was edited after it was applied/);
  });

  it("refuses a database from a newer version", async () => {
    add("99990000000001_first", "SELECT 1");
    await run();
    rmSync(path.join(dir, "99990000000001_first"), { recursive: true });
    await expect(run()).rejects.toThrow(/does not know/);
  });

  it("refuses a migration that Prisma's own tool left unfinished", async () => {
    await query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name) VALUES ('x', 'y', '99990000000001_first')`,
    );
    await expect(run()).rejects.toThrow(/failed earlier/);
  });
});

it("the migrations together have every field of the schema file", async () => {
  // A new model or field without `node scripts/make-migration.mjs` would only show at run time.
  const schema = readFileSync(path.join(migrationsDir, "../schema.prisma"), "utf8");
  const models = [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)];
  expect(models.length).toBeGreaterThan(10);
  const names = new Set(models.map((model) => model[1]));
  const columns = new Map<string, string[]>();
  const sql = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'";
  for (const [table, column] of (await query(sql)) as [string, string][]) {
    columns.set(table, [...(columns.get(table) ?? []), column]);
  }
  for (const [, model = "", body = ""] of models) {
    const fields = [...body.matchAll(/^\s{2}(\w+)\s+(\w+)/gm)].filter(([, , type]) => !names.has(type ?? ""));
    expect(columns.get(model)?.toSorted(), model).toEqual(fields.map(([, field]) => field).toSorted());
  }
});
