import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { OFFICIAL_META_KEY } from "#lib/core/identifiers.ts";
import { createDatabaseSource, type DatabaseSource } from "#lib/resolver/store.ts";
import { DatabaseWriter } from "#lib/resolver/testing/database-writer.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, makeVersion } from "#lib/resolver/testing/registry.ts";
import type { OfficialMeta } from "#lib/resolver/view.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

const registry = makeRegistry();
const shown = "io.acme/shown";
const gone = "io.acme/gone";
const last = "io.acme/other-2";
const others = ["io.acme/other-1", last];
let database: TestDatabase;
let writer: DatabaseWriter;
let source: DatabaseSource;
let plane: TestPlane;

beforeAll(async () => {
  database = await createTestDatabase();
  writer = await new DatabaseWriter(database.superuserUrl).open();
  source = createDatabaseSource(database.appUrl, recordingLog());
  await writer.tamper(`UPDATE "LedgerHead" SET at = '2026-05-30T00:00:00Z'`);
  for (const name of [shown, gone, ...others])
    await writer.add(name, makeVersion(registry, { name, version: "1.0.0" }));
  await writer.client.query(
    `INSERT INTO "Channel" (id, slug, label, audience, selection, "createdAt", "updatedAt")
     VALUES (gen_random_uuid(), 'team', 'Team', 'anonymous', $1, now(), now())`,
    [{ include: [{ namespace: "*" }], exclude: [{ server: gone }] }],
  );
});
afterAll(async () => {
  await source.close();
  await writer.client.end();
  await database.drop();
});
afterEach(async () => {
  await plane.close();
  await writer.client.query(`DELETE FROM "ChannelMove"`);
});

async function start(): Promise<void> {
  plane = await listenPlane({ registry, source });
  await plane.start();
}

type Listed = { server: { name: string }; _meta: { [OFFICIAL_META_KEY]: OfficialMeta } };

async function list(query = ""): Promise<Listed[]> {
  const { status, json } = await plane.ask(`/c/team/v0.1/servers${query}`);
  expect(status).toBe(200);
  return json<{ servers: Listed[] }>().servers;
}
const listed = async (query: string) => (await list(query)).map(({ server }) => server.name);

const move = (name: string, at: string) =>
  writer.tamper(
    `INSERT INTO "ChannelMove" ("channelId", "serverId", at)
     SELECT c.id, s.id, $2::timestamptz FROM "Channel" c, "Server" s WHERE c.slug = 'team' AND s.name = $1`,
    [name, at],
  );

describe.each(["infinity", "-infinity", "290000-01-01T00:00:00Z"])("a move at %s in the database", (at) => {
  it("keeps no reader from starting and no list from being given, and raises an alarm", async () => {
    await move(shown, at);
    await move(gone, at);
    await start();
    for (const query of ["", "?updated_since=1970-01-01T00:00:00Z", "?include_deleted=true"]) {
      expect(await listed(query), query).toEqual([...others, shown]);
    }
    for (const server of [shown, gone]) {
      expect(plane.events).toContainEqual(expect.objectContaining({ event: "move-refused", server }));
    }
  });

  it("holds up nothing when it is read later", async () => {
    await start();
    await move(shown, at);
    await move(gone, at);
    for (const name of [shown, gone]) await writer.appendLedger(name, "server.tag");
    await move(last, "2026-05-30T00:00:00Z");
    await writer.appendLedger(last, "server.tag");
    const lastMove = async () => (await list()).map(({ _meta }) => _meta[OFFICIAL_META_KEY].updatedAt)[1];
    await vi.waitFor(async () => expect(await lastMove()).toBe("2026-05-30T00:00:00.000Z"), { timeout: 3000 });
    expect(await listed("?include_deleted=true")).toEqual([...others, shown]);
    expect(plane.events.filter(({ event }) => event !== "move-refused")).toEqual([]);
  });
});
