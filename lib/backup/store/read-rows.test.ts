import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readRows } from "#lib/backup/store/read-rows.ts";
import type { TableSchema } from "#lib/backup/store/schema.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

let database: TestDatabase;
let client: pg.Client;

const table: TableSchema = {
  name: "Planted",
  columns: [
    ["n", "integer"],
    ["word", "text"],
    ["bytes", "bytea"],
    ["facts", "jsonb"],
  ],
  only: null,
  key: ["n", "word"],
  order: `t."n", t."word" COLLATE "C"`,
};

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.ownerUrl);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(async () => {
  vi.restoreAllMocks();
  await client.query("ROLLBACK");
  await client.query("BEGIN");
  await client.query(`CREATE TABLE "Planted" (n int, word text, bytes bytea, facts jsonb, PRIMARY KEY (n, word))`);
});

const insertMany = `
  INSERT INTO "Planted" SELECT n, 'w', decode(repeat('ab', $3), 'hex'), NULL FROM generate_series($1::int, $2::int) AS n`;
const plant = (from: number, to: number, bytes: number) => client.query(insertMany, [from, to, bytes]);

async function read(heldBytes: number, rowBytes = 1_000_000) {
  const portions: string[][] = [];
  for await (const rows of readRows(client, table, { heldBytes, rowBytes })) portions.push(rows);
  return portions;
}

/** Characters in the largest answer the database gave. */
function countHeld() {
  const query = client.query.bind(client);
  const held = { largest: 0 };
  vi.spyOn(client, "query").mockImplementation((async (...args: Parameters<typeof query>) => {
    const result = await query(...args);
    const { rows } = result as unknown as { rows: unknown[] };
    held.largest = Math.max(held.largest, JSON.stringify(rows).length);
    return result;
  }) as unknown as typeof client.query);
  return held;
}

describe("portions", () => {
  it("hold every row once, in the order of the key as it is and not as it is written", async () => {
    await plant(1, 1200, 3);
    const rows = (await read(8_000)).flat().map((row) => JSON.parse(row));
    expect(rows.map(([n]) => Number(n))).toEqual(Array.from({ length: 1200 }, (_, at) => at + 1));
    expect(rows[0]).toEqual(["1", "w", "\\xababab", null]);
  });

  it("are bounded by what they hold, however many rows were planted", async () => {
    await plant(1, 200, 10_000);
    await plant(201, 1000, 1);
    const held = countHeld();
    const portions = await read(100_000);
    expect(portions.flat()).toHaveLength(1000);
    expect(portions[0]).toHaveLength(4);
    expect(held.largest).toBeGreaterThan(80_000);
    expect(held.largest).toBeLessThan(110_000);
  });

  it("hold a single row that is larger", async () => {
    await plant(1, 3, 40_000);
    expect((await read(50_000)).map((rows) => rows.length)).toEqual([1, 1, 1]);
  });

  it("of an empty table are none", async () => {
    expect(await read(100)).toEqual([]);
  });
});

describe("a row over the limit", () => {
  const detail = /^The row of Planted with key 7, w has \d+ bytes; a backup holds 50000 of one row at most\.$/;

  it.each([
    ["bytes", "INSERT INTO \"Planted\" VALUES (7, 'w', decode(repeat('ab', 3000000), 'hex'))"],
    [
      "text that is stored small",
      `INSERT INTO "Planted" VALUES (7, 'w', NULL, jsonb_build_object('x', repeat('x', 3000000)))`,
    ],
  ])("in %s is refused by its name without being fetched", async (_what, sql) => {
    await plant(1, 6, 10);
    await client.query(sql);
    const held = countHeld();
    await expect(read(1_000_000, 50_000)).rejects.toMatchObject({
      code: "conflict",
      detail: expect.stringMatching(detail),
    });
    expect(held.largest).toBeLessThan(10_000);
  });

  it("because of what it becomes is refused as well", async () => {
    await client.query(`INSERT INTO "Planted" VALUES (7, 'w', NULL, to_jsonb(repeat('"', 20000)))`);
    await expect(read(1_000_000, 50_000)).rejects.toMatchObject({
      code: "conflict",
      detail: expect.stringMatching(detail),
    });
  });

  it("has its key made visible", async () => {
    await client.query(`INSERT INTO "Planted" VALUES (7, E'a\\u001b[2J', decode(repeat('ab', 30000), 'hex'))`);
    await expect(read(1_000_000, 50_000)).rejects.toMatchObject({
      detail: expect.stringContaining("7, a\\u{1B}[2J has"),
    });
  });
});
