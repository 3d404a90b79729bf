import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ResolutionCounter } from "#lib/resolver/counts/counter.ts";
import { writeResolutions } from "#lib/resolver/database/resolution-rows.ts";
import type { ResolutionBatch, ResolutionCount } from "#lib/resolver/source.ts";
import { createDatabaseSource, type DatabaseSource } from "#lib/resolver/store.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { now } from "#lib/resolver/testing/registry.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

let database: TestDatabase;
let source: DatabaseSource;
let client: pg.Client;
const channelId = randomUUID();

beforeAll(async () => {
  database = await createTestDatabase();
  source = createDatabaseSource(database.appUrl, recordingLog());
  client = new pg.Client(database.superuserUrl);
  await client.connect();
});
beforeEach(() => client.query(`DELETE FROM "Resolution"`));
afterAll(async () => {
  await source.close();
  await client.end();
  await database.drop();
});

const row = (changes: Partial<ResolutionCount> = {}): ResolutionCount => ({
  ...{ day: "2026-06-01", channelId, reader: "", name: "io.acme/weather", version: "1.0.0" },
  ...{ count: 1, lastAt: new Date(now), ...changes },
});
const batchOf = (...counts: ResolutionCount[]): ResolutionBatch => ({ counts, doubtful: null });

async function stored() {
  const { rows } = await client.query(
    `SELECT day::text, reader, version, count::int, "lastAt" FROM "Resolution" ORDER BY day, reader, version`,
  );
  return rows;
}

describe("counts", () => {
  it("are added to what is there, and the latest time stays", async () => {
    const later = new Date(now + 1000);
    await source.addResolutions(batchOf(row({ count: 2, lastAt: later }), row({ reader: "token:a" })));
    await source.addResolutions(batchOf(row({ count: 3 }), row({ day: "2026-06-02" })));
    const { name: _name, channelId: _channel, ...common } = row();
    expect(await stored()).toEqual([
      { ...common, count: 5, lastAt: later },
      { ...common, reader: "token:a" },
      { ...common, day: "2026-06-02" },
    ]);
  });

  it("of two readers at once are both added", async () => {
    const rows = Array.from({ length: 200 }, (_, at) => row({ version: `${at}.0.0` }));
    const other = createDatabaseSource(database.appUrl, recordingLog());
    await Promise.all([
      ...Array.from({ length: 5 }, () => source.addResolutions(batchOf(...rows))),
      ...Array.from({ length: 5 }, () => other.addResolutions(batchOf(...rows.toReversed()))),
    ]);
    await other.close();
    const counts = (await stored()).map(({ count }) => count);
    expect([counts.length, new Set(counts)]).toEqual([200, new Set([10])]);
  });

  it("are written whole or not at all", async () => {
    const batch = batchOf(row(), row({ version: "2.0.0", count: 0 }));
    await expect(source.addResolutions(batch)).rejects.toThrow("Resolution_count");
    expect(await stored()).toEqual([]);
  });
});

/** A pool whose next COMMIT goes through, or not, and is never answered. */
function breakingPool(committed: boolean): pg.Pool {
  const pool = new pg.Pool({ connectionString: database.appUrl, max: 1 });
  pool.on("error", () => {});
  pool.once("connect", (connection) => {
    connection.on("error", () => {});
    const { query } = connection;
    connection.query = async (...given: Parameters<typeof query>) => {
      if (given[0] !== "COMMIT") return query.apply(connection, given);
      await query.call(connection, committed ? "COMMIT" : "ROLLBACK");
      connection.query = query;
      throw new Error("Connection terminated unexpectedly");
    };
  });
  return pool;
}

describe("a connection that breaks while it commits", () => {
  it.each([true, false])("leaves each resolution counted once (committed: %s)", async (committed) => {
    const pool = breakingPool(committed);
    const counter = new ResolutionCounter({ addResolutions: (batch) => writeResolutions(pool, batch) }, recordingLog());
    counter.count({ name: "io.acme/weather", version: "1.0.0" }, channelId, "", now);
    await counter.flush();
    expect(await stored()).toHaveLength(committed ? 1 : 0);
    counter.count({ name: "io.acme/weather", version: "1.0.0" }, channelId, "", now);
    await counter.stop();
    await pool.end();
    expect((await stored()).map(({ count }) => count)).toEqual([2]);
  });

  it("waits until what became of the attempt is known", async () => {
    const hanging = new pg.Client(database.appUrl);
    await hanging.connect();
    await hanging.query("BEGIN");
    const { rows } = await hanging.query<{ xid: string }>("SELECT pg_current_xact_id()::text AS xid");
    const batch = { ...batchOf(row()), doubtful: rows[0]?.xid ?? "" };
    await expect(source.addResolutions(batch)).rejects.toThrow("has not ended yet");
    expect(await stored()).toEqual([]);
    await hanging.query("ROLLBACK");
    await hanging.end();
    await source.addResolutions(batch);
    expect(await stored()).toHaveLength(1);
  });

  it("takes a transaction this database never had for one that was not written", async () => {
    await source.addResolutions({ ...batchOf(row()), doubtful: "99999999999" });
    expect(await stored()).toHaveLength(1);
  });
});
