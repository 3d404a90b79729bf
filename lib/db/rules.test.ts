import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { transact } from "#lib/db/transact.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client(database.ownerUrl);
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await database.drop();
});

const insertEntry = (seq: number) =>
  `WITH head AS (UPDATE "LedgerHead" SET seq = ${seq}, at = now(), sha256 = encode(sha256('x${seq}'), 'hex') RETURNING at)
   INSERT INTO "LedgerEntry" (seq, at, action, "actorLabel", subject, body, "prevSha256", sha256)
   SELECT ${seq}, at, 'test', 'nobody', 'nothing', 'x${seq}', repeat('0', 64), encode(sha256('x${seq}'), 'hex') FROM head`;

describe("the application role", () => {
  it("adds ledger entries but neither changes nor removes them", async () => {
    await db().$executeRawUnsafe(insertEntry(1));
    await expect(db().$executeRawUnsafe(`UPDATE "LedgerEntry" SET action = 'y'`)).rejects.toThrow(/permission denied/);
    await expect(db().$executeRawUnsafe(`DELETE FROM "LedgerEntry"`)).rejects.toThrow(/permission denied/);
    await expect(db().$executeRawUnsafe(`TRUNCATE "LedgerEntry"`)).rejects.toThrow(/permission denied/);
    expect(await db().ledgerEntry.count()).toBe(1);
  });

  it("cannot change the schema; of the migrations it sees which there are", async () => {
    await expect(db().$executeRawUnsafe("CREATE TABLE t (id int)")).rejects.toThrow(/permission denied/);
    await expect(db().$executeRawUnsafe(`ALTER TABLE "LedgerEntry" DISABLE TRIGGER ALL`)).rejects.toThrow(/owner/);
    expect(await db().$queryRawUnsafe(`SELECT migration_name FROM "_prisma_migrations"`)).not.toEqual([]);
    for (const sql of ["SELECT logs FROM", "DELETE FROM", "TRUNCATE"]) {
      await expect(db().$queryRawUnsafe(`${sql} "_prisma_migrations"`)).rejects.toThrow(/permission denied/);
    }
    const rename = `UPDATE "_prisma_migrations" SET migration_name = 'x'`;
    await expect(db().$executeRawUnsafe(rename)).rejects.toThrow(/permission denied/);
  });
});

describe("the owner role", () => {
  it.each(["LedgerEntry", "RefusalEntry", "Bundle", "Approval", "Instance"])(
    "is stopped from removing rows of %s by accident",
    async (table) => {
      await expect(owner.query(`DELETE FROM "${table}"`)).rejects.toThrow(/written once/);
      await expect(owner.query(`TRUNCATE "${table}" CASCADE`)).rejects.toThrow(/written once/);
    },
  );

  it("cannot store a ledger entry whose digest is not that of its bytes", async () => {
    const entry = insertEntry(2).replaceAll("sha256('x2')", "sha256('other')");
    await expect(owner.query(entry)).rejects.toThrow(/LedgerEntry_sha256/);
  });

  it("cannot set the ledger head back or skip ahead", async () => {
    await expect(owner.query(`UPDATE "LedgerHead" SET seq = 7, at = now()`)).rejects.toThrow(/not allowed/);
    const head = await owner.query(`SELECT seq FROM "LedgerHead"`);
    expect(head.rows).toEqual([{ seq: "1" }]);
  });
});

it("announces an entry when its transaction commits", async () => {
  const heard = new Promise((resolve) => owner.once("notification", (message) => resolve(message.payload)));
  await owner.query("LISTEN countersign_ledger");
  await transact((tx) => tx.$executeRawUnsafe(insertEntry(2)));
  expect(await heard).toBe("2");
});
