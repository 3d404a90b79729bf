import { afterAll, beforeAll, expect, it } from "vitest";
import { backupTables, leftTables, tablesWithFirstRow } from "#lib/backup/tables.ts";
import { db } from "#lib/db/client.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

// A table, a reference or a counter that comes later must not be forgotten here.

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const names = backupTables.map(({ name }) => name);

it("every table travels or is left, on purpose", async () => {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%'`;
  expect(tables.map(({ name }) => name).sort()).toEqual([...names, ...leftTables].sort());
});

it("a row's parents come before it, and nothing that travels needs what is left", async () => {
  const references = await db().$queryRaw<{ child: string; parent: string }[]>`
    SELECT c.relname AS child, p.relname AS parent FROM pg_constraint f
    JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid WHERE f.contype = 'f'`;
  expect(references.length).toBeGreaterThan(20);
  const travelling = references.filter(({ child }) => names.includes(child));
  expect(travelling.filter(({ child, parent }) => !(names.indexOf(parent) < names.indexOf(child)))).toEqual([]);
  expect(travelling.filter(({ parent }) => !names.includes(parent))).toEqual([]);
});

it("no number comes from a sequence, which would have to be set", async () => {
  expect(await db().$queryRaw`SELECT relname FROM pg_class WHERE relkind = 'S'`).toEqual([]);
  expect(await db().$queryRaw`SELECT attname FROM pg_attribute WHERE attidentity <> '' OR attgenerated <> ''`).toEqual(
    [],
  );
});

it("the migrations themselves make rows where it is known", async () => {
  const counted = await Promise.all(
    [...names, ...leftTables].map(async (name) => {
      const [row] = await db().$queryRawUnsafe<{ used: boolean }[]>(`SELECT EXISTS (SELECT 1 FROM "${name}") AS used`);
      return { name, used: row?.used };
    }),
  );
  expect(counted.filter(({ used }) => used).map(({ name }) => name)).toEqual(
    names.filter((name) => tablesWithFirstRow.includes(name)),
  );
});

it("what happens by itself when a row is added is known: readers are told of events, rules about several rows are held", async () => {
  const onInsert = 4;
  const triggers = await db().$queryRaw<{ trigger: string }[]>`
    SELECT c.relname || '.' || t.tgname AS trigger FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND t.tgtype::int & ${onInsert}::int <> 0 ORDER BY 1`;
  expect(triggers.map(({ trigger }) => trigger)).toEqual([
    "Approval.of_a_round",
    "Channel.starts_low",
    "LedgerEntry.announced",
    "LedgerEntry.under_the_head",
    "LedgerHead.at_an_entry",
    "RefusalEntry.under_the_head",
    "RefusalHead.at_an_entry",
    "Resolution.capped",
    "Throttle.begins_now",
    "TrustRoot.follows",
  ]);
});
