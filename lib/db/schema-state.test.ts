import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { migrate, migrationsDir } from "#lib/db/migrate.ts";
import { readSchemaState } from "#lib/db/schema-state.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

let database: TestDatabase;
let later: string;

beforeEach(async () => {
  database = await createTestDatabase();
  later = mkdtempSync(path.join(tmpdir(), "cs-later-"));
  cpSync(migrationsDir, later, { recursive: true });
});

afterEach(async () => {
  await database.drop();
  rmSync(later, { recursive: true, force: true });
});

function add(name: string): void {
  mkdirSync(path.join(later, name));
  writeFileSync(path.join(later, name, "migration.sql"), "SELECT 1");
}

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client(database.ownerUrl);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

it("a database migrated by this version is usable, as the application role sees it", async () => {
  expect(await readSchemaState(database.appUrl)).toEqual({ kind: "usable", newer: [] });
});

it("one of a later version that only adds is usable", async () => {
  add("99990101000000_more");
  await migrate(database.ownerUrl, later);
  expect(await readSchemaState(database.appUrl)).toEqual({ kind: "usable", newer: ["99990101000000_more"] });
});

it("one that takes away what we no longer use is usable, one that takes away what we use is not", async () => {
  add("99990101000000_contract_after_20200101000000");
  await migrate(database.ownerUrl, later);
  expect((await readSchemaState(database.appUrl)).kind).toBe("usable");
  add("99990201000000_contract_after_99990101000000_old_columns");
  await migrate(database.ownerUrl, later);
  const state = await readSchemaState(database.appUrl);
  expect(state).toMatchObject({ kind: "incompatible", reason: expect.stringContaining("too old") });
});

it("one that lacks a migration is behind until it has it", async () => {
  add("99990101000000_more");
  expect(await readSchemaState(database.appUrl, later)).toEqual({ kind: "behind", reason: "it lacks 1 migrations" });
  await migrate(database.ownerUrl, later);
  expect((await readSchemaState(database.appUrl, later)).kind).toBe("usable");
});

it("one whose migration is under way or failed is behind", async () => {
  await asOwner(`UPDATE "_prisma_migrations" SET finished_at = NULL`);
  expect((await readSchemaState(database.appUrl)).kind).toBe("behind");
});

it("one that is empty, closed to the role or away is behind", async () => {
  await asOwner(`REVOKE ALL ON "_prisma_migrations" FROM PUBLIC, countersign_app`);
  expect(await readSchemaState(database.appUrl)).toMatchObject({ reason: "it has not been migrated for this role" });
  await asOwner(`DROP TABLE "_prisma_migrations"`);
  expect(await readSchemaState(database.ownerUrl)).toMatchObject({ reason: "it has not been migrated for this role" });
  expect(await readSchemaState("postgresql://nobody:x@127.0.0.1:9/none")).toMatchObject({ kind: "behind" });
});

it("one with a migration that was edited since is not ours", async () => {
  await asOwner(`UPDATE "_prisma_migrations" SET checksum = repeat('0', 64)`);
  expect((await readSchemaState(database.appUrl)).kind).toBe("incompatible");
});
