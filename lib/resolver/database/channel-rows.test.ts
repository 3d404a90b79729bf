import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabaseSource, type DatabaseSource } from "#lib/resolver/store.ts";
import { DatabaseWriter } from "#lib/resolver/testing/database-writer.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

let database: TestDatabase;
let writer: DatabaseWriter;
let source: DatabaseSource;
const team = randomUUID();
const moved = new Date("2026-06-01T12:00:00.123Z");

beforeAll(async () => {
  database = await createTestDatabase();
  writer = await new DatabaseWriter(database.superuserUrl).open();
  source = createDatabaseSource(database.appUrl, recordingLog());
  for (const name of ["io.acme/plain", "io.acme/tagged", "io.acme/moved"]) await writer.add(name);
  await run(
    `INSERT INTO "Channel" (id, slug, label, audience, selection, "serveV0", "createdAt", "updatedAt", "disabledAt")
     VALUES ($1, 'team', 'Team', 'token', $2, true, now(), now(), now())`,
    [team, { include: [{ tag: "a" }], exclude: [] }],
  );
  await run(
    `INSERT INTO "ServerTag" ("serverId", tag, "createdAt")
     SELECT id, tag, now() FROM "Server", unnest('{b,a}'::text[]) tag WHERE name = 'io.acme/tagged'`,
  );
  await run(
    `INSERT INTO "ChannelMove" ("channelId", "serverId", at) SELECT $1, id, $2 FROM "Server" WHERE name <> 'io.acme/plain'`,
    [team, moved],
  );
});
afterAll(async () => {
  await source.close();
  await writer.client.end();
  await database.drop();
});

const run = (sql: string, values: unknown[] = []) => writer.client.query(sql, values);
const tagged = { name: "io.acme/tagged", tags: ["a", "b"], moves: [{ channelId: team, at: moved }] };

it("reads channels as they are, the default one included", async () => {
  const { access } = await source.loadChannels();
  expect(access.channels).toEqual([
    {
      ...{
        id: expect.any(String),
        slug: "default",
        audience: "anonymous",
        serveV0: false,
        disabled: false,
        edition: 1,
      },
      selection: { include: [{ namespace: "*" }], exclude: [] },
    },
    {
      ...{ id: team, slug: "team", audience: "token", serveV0: true, disabled: true, edition: 1 },
      selection: { include: [{ tag: "a" }], exclude: [] },
    },
  ]);
});

it("reads tags and moves of those that have any, the same one by one, all together and in the snapshot", async () => {
  const { placements } = await source.loadChannels();
  expect(placements).toEqual([tagged, { name: "io.acme/moved", tags: [], moves: [{ channelId: team, at: moved }] }]);
  const channels = [
    { id: expect.any(String), edition: 1 },
    { id: team, edition: 1 },
  ];
  expect((await source.loadServer("io.acme/tagged")).placement).toEqual({ ...tagged, channels });
  for (const name of ["io.acme/plain", "io.acme/none"]) {
    expect((await source.loadServer(name)).placement).toEqual({ name, tags: [], moves: [], channels });
  }
  expect(await source.loadSnapshot(() => {})).toEqual(await source.loadChannels());
});

it("reads more placements than fit into one portion", async () => {
  await run(
    `INSERT INTO "Server" (id, "namespaceId", name, "nameKey", "createdAt")
     SELECT gen_random_uuid(), "namespaceId", 'io.many/s' || n, 'io.many/s' || n, now()
     FROM "Server", generate_series(1, 4000) n WHERE name = 'io.acme/plain'`,
  );
  await run(
    `INSERT INTO "ChannelMove" ("channelId", "serverId", at) SELECT $1, id, $2 FROM "Server" WHERE name LIKE 'io.many/%'`,
    [team, moved],
  );
  const { placements } = await source.loadChannels();
  expect(new Set(placements.map(({ name }) => name)).size).toBe(4002);
});

it("leaves out secrets and tokens that are void, and names no channel of a token that may not read", async () => {
  const person = randomUUID();
  const hash = (digit: string) => digit.repeat(64);
  await run(
    `INSERT INTO "ChannelSecret" (id, "channelId", prefix, "secretHash", "createdById", "createdAt", "expiresAt", "revokedAt")
     VALUES ($2, $1, 'csc_', $3, $2, now(), NULL, NULL), ($4, $1, 'csc_', $5, $2, now(), $6, NULL),
            (gen_random_uuid(), $1, 'csc_', repeat('3', 64), $2, now(), NULL, now())`,
    [team, person, hash("1"), team, hash("2"), moved],
  );
  await run(
    `INSERT INTO "Person" (id, email, "emailKey", name, state, "createdAt")
     VALUES ($1, 'a@b.c', 'a@b.c', 'Ann', 'active', now()), ($2, 'b@b.c', 'b@b.c', 'Ben', 'deactivated', now())`,
    [person, team],
  );
  const token = (digit: string, changes: { owner?: string | null; scopes?: string; revoked?: boolean }) =>
    run(
      `INSERT INTO "Token" (id, label, prefix, "tokenHash", "ownerId", "createdById", scopes, namespaces, channels,
         "createdAt", "expiresAt", "revokedAt")
       VALUES (gen_random_uuid(), 't', 'cst_', $1, $2, $3, $4, '{}', $5, now(), $6, $7)`,
      [
        hash(digit),
        changes.owner === undefined ? person : changes.owner,
        person,
        changes.scopes ?? "{resolve}",
        [team],
        moved,
        changes.revoked ? moved : null,
      ],
    );
  await token("4", {});
  await token("5", { owner: null, scopes: "{read,resolve}" });
  await token("6", { owner: team });
  await token("7", { scopes: "{read,publish}" });
  await token("8", { revoked: true });
  const { secrets, tokens } = (await source.loadAccess()).access;
  expect(secrets.map(({ sha256, channelId, expiresAt }) => [sha256[0], channelId, expiresAt])).toEqual([
    ["1", team, null],
    ["2", team, moved],
  ]);
  expect(tokens.map(({ sha256, channels, expiresAt }) => [sha256[0], channels, expiresAt])).toEqual([
    ["4", [team], moved],
    ["5", [team], moved],
    ["7", [], moved],
  ]);
});
