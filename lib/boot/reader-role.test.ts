import { randomBytes } from "node:crypto";
import { request as openRequest } from "node:http";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Installed, install } from "#lib/boot/testing/installed.ts";
import { db } from "#lib/db/client.ts";
import { grantApplicationRole, grantReaderRole } from "#lib/db/grants.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { type ServerProcess, startServer } from "#lib/testing/server-process.ts";

const role = `reader_${randomBytes(4).toString("hex")}`;
const password = "reads-only";
let installed: Installed;
let reader: pg.Client;
let resolver: ServerProcess | undefined;

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client(installed.registry.database.superuserUrl);
  await client.connect();
  for (const sql of statements) await client.query(sql);
  await client.end();
}

beforeAll(async () => {
  installed = await install();
  const { name, appUrl, ownerUrl } = installed.registry.database;
  await asSuperuser(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`, `GRANT CONNECT ON DATABASE ${name} TO ${role}`);
  await grantReaderRole(ownerUrl, role);
  // As at a later start, which must change nothing for either role.
  await grantApplicationRole(ownerUrl, new URL(appUrl).username);
  await grantReaderRole(ownerUrl, role);
  reader = new pg.Client(readerUrl());
  await reader.connect();
});

afterAll(async () => {
  await resolver?.end("SIGKILL");
  await reader.end();
  await asSuperuser(`DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
  await installed.close();
});

function readerUrl(): string {
  return Object.assign(new URL(installed.registry.database.appUrl), { username: role, password }).href;
}

it("a resolver works with it, and counts what it gave", { timeout: 90_000 }, async () => {
  const settings = { ...(await installed.settings()), DATABASE_URL: readerUrl() };
  resolver = await startServer(settings, ["--role=resolver"]);
  const path = `/v0.1/servers/${encodeURIComponent(sampleManifest.name)}/versions/latest`;
  const headers = { host: "registry.example.com" };
  const answer = openRequest({ port: resolver.port, path, headers }).end();
  const status = await new Promise((resolve) => answer.on("response", (r) => resolve(r.resume().statusCode)));
  expect(status).toBe(200);
  expect(await resolver.end()).toBe(0);
  expect(resolver.output()).not.toMatch(/permission denied/);
  expect(await db().resolution.findMany()).toMatchObject([
    { name: sampleManifest.name, version: sampleManifest.version, count: 1n },
  ]);
});

it.each([
  `SELECT "passwordHash" FROM "Person"`,
  `SELECT email FROM "Person"`,
  `SELECT label FROM "Token"`,
  `SELECT body FROM "LedgerEntry"`,
  `SELECT * FROM "Session"`,
  `SELECT * FROM "OneTimeLink"`,
  `SELECT * FROM "PublisherRule"`,
  `UPDATE "Version" SET state = 'approved'`,
  `UPDATE "Channel" SET selection = '{}'`,
  `UPDATE "Token" SET "revokedAt" = NULL`,
  `DELETE FROM "Resolution"`,
  `DELETE FROM "ChannelSecret"`,
  `INSERT INTO "ServerTag" SELECT id, 'x' FROM "Server"`,
  "CREATE TABLE t (id int)",
])("it is refused %s", async (sql) => {
  await expect(reader.query(sql)).rejects.toThrow(/permission denied/);
});
