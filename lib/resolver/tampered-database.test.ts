import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { digestOf, sha256Hex } from "#lib/core/digest.ts";
import type { VersionRecord } from "#lib/resolver/source.ts";
import { createDatabaseSource, type DatabaseSource } from "#lib/resolver/store.ts";
import { DatabaseWriter } from "#lib/resolver/testing/database-writer.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { day, makeRegistry, makeVersion, manifestBytes, now } from "#lib/resolver/testing/registry.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";

const registry = makeRegistry();
let database: TestDatabase;
let writer: DatabaseWriter;
let source: DatabaseSource;
let folder: string;
let plane: TestPlane;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  writer = await new DatabaseWriter(database.superuserUrl).open();
  // The check a database's owner would drop first.
  await writer.client.query(`ALTER TABLE "Version" DROP CONSTRAINT "Version_manifestDigest"`);
  source = createDatabaseSource(database.appUrl, recordingLog());
  folder = await mkdtemp(path.join(tmpdir(), "cs-resolver-"));
});
afterAll(async () => {
  await source.close();
  await writer.client.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

const newName = () => `io.acme/server-${++count}`;
const urlOf = (name: string, version = "latest") => `/v0.1/servers/${encodeURIComponent(name)}/versions/${version}`;

async function startPlane(): Promise<TestPlane> {
  const started = await listenPlane({ registry, source, revocationsFile: path.join(folder, "revocations") });
  await started.start();
  return started;
}

async function latestOf(name: string, at = plane) {
  const { status, json } = await at.ask(urlOf(name));
  return status === 200 ? json<{ server: { version: string } }>().server.version : status;
}
const becomes = (name: string, expected: unknown) =>
  vi.waitFor(async () => expect(await latestOf(name)).toBe(expected), { timeout: 5000, interval: 10 });

/** Sets columns of one version of a server. */
const edit =
  (set: string, version = "1.0.0") =>
  (name: string) =>
    writer.tamper(`UPDATE "Version" SET ${set} WHERE version = '${version}' AND ${ofServer}`, [name]);
const ofServer = `"serverId" = (SELECT id FROM "Server" WHERE name = $1)`;
const approvalsOf = (version: string) =>
  `"versionId" = (SELECT id FROM "Version" WHERE version = '${version}' AND ${ofServer})`;
const inOrder =
  (...steps: ((name: string) => Promise<void>)[]) =>
  async (name: string) => {
    for (const step of steps) await step(name);
  };

type Attack = { row: (name: string) => VersionRecord; write: (name: string) => Promise<void> };

const ended = { approval: { expiresAt: new Date(now - day).toISOString() } };
const never = { row: { state: "pending", approvals: [], round: 0 } };
const approve = edit(`state = 'approved', round = 1, "publishedAt" = now(), "expiresAt" = now() + interval '1 year'`);
const forge = async (name: string) => {
  const forged = makeVersion(makeRegistry(), { name, version: "1.0.0" }).approvals[0];
  await writer.tamper(
    `INSERT INTO "Approval" (id, "versionId", round, state, bundle, sha256, "keyId", "approvedAt")
     SELECT gen_random_uuid(), id, 1, 'approved', $2, $3, '', now() FROM "Version" WHERE version = '1.0.0' AND ${ofServer}`,
    [name, forged?.bundle, forged?.sha256],
  );
};
const registerKey = (name: string) =>
  writer.tamper(
    `INSERT INTO "RegistryKey" ("keyId", "spkiPem", "notBefore", "createdAt") VALUES ($1, $2, '2020-01-01', now())`,
    [name, makeRegistry().keySet.keys[0]?.spkiPem],
  );
const deleteRevocation = (name: string) =>
  writer.tamper(`DELETE FROM "Approval" WHERE round = 2 AND ${approvalsOf("1.0.0")}`, [name]);
const swapManifest = (name: string) => {
  const evil = manifestBytes({ name, version: "1.0.0", description: "evil" });
  return writer.tamper(
    `UPDATE "Version" SET manifest = $2, "manifestDigest" = $3 WHERE version = '1.0.0' AND ${ofServer}`,
    [name, evil, digestOf(evil)],
  );
};

/** What a database writer without the registry's key may try so that version 1.0.0 of a server resolves. */
const attacks: [string, Attack][] = [
  [
    "approves a pending version",
    { row: (name) => makeVersion(registry, { name, version: "1.0.0", ...never }), write: approve },
  ],
  [
    "approves a rejected version",
    {
      row: (name) => makeVersion(registry, { name, version: "1.0.0", row: { ...never.row, state: "rejected" } }),
      write: approve,
    },
  ],
  [
    "signs with a key of their own and registers it",
    {
      row: (name) => makeVersion(registry, { name, version: "1.0.0", ...never }),
      write: inOrder(approve, forge, registerKey),
    },
  ],
  [
    "moves another version's approval over",
    {
      row: (name) => makeVersion(registry, { name, version: "1.0.0", ...never }),
      write: inOrder(approve, (name) =>
        writer.tamper(
          `UPDATE "Approval" SET "versionId" = (SELECT id FROM "Version" WHERE version = '1.0.0' AND ${ofServer}) WHERE ${approvalsOf("0.5.0")}`,
          [name],
        ),
      ),
    },
  ],
  [
    "exchanges the approved bytes",
    { row: (name) => makeVersion(registry, { name, version: "1.0.0" }), write: swapManifest },
  ],
  [
    "renumbers an approved version",
    { row: (name) => makeVersion(registry, { name, version: "0.9.0" }), write: edit("version = '1.0.0'", "0.9.0") },
  ],
  [
    "extends an expired approval",
    {
      row: (name) => makeVersion(registry, { name, version: "1.0.0", ...ended }),
      write: edit(`"expiresAt" = now() + interval '10 years', "expiredRound" = NULL`),
    },
  ],
  [
    "sets a revoked version back to approved",
    {
      row: (name) => makeVersion(registry, { name, version: "1.0.0", revoked: true }),
      write: edit("state = 'approved'"),
    },
  ],
  [
    "sets a revoked version back to approved, round 1",
    {
      row: (name) => makeVersion(registry, { name, version: "1.0.0", revoked: true }),
      write: edit("state = 'approved', round = 1"),
    },
  ],
  [
    "deletes the revocation",
    {
      row: (name) => makeVersion(registry, { name, version: "1.0.0", revoked: true }),
      write: inOrder(edit("state = 'approved'"), deleteRevocation),
    },
  ],
  [
    "deletes every trace of the revocation",
    {
      row: (name) => makeVersion(registry, { name, version: "1.0.0", revoked: true }),
      write: inOrder(edit("state = 'approved', round = 1"), deleteRevocation),
    },
  ],
  [
    "puts the approval in the revocation's place",
    {
      row: (name) => makeVersion(registry, { name, version: "1.0.0", revoked: true }),
      write: inOrder(edit("state = 'approved'"), (name) =>
        writer.tamper(
          `UPDATE "Approval" SET state = 'approved', bundle = a.bundle FROM (SELECT bundle FROM "Approval" WHERE round = 1 AND ${approvalsOf("1.0.0")}) a WHERE round = 2 AND ${approvalsOf("1.0.0")}`,
          [name],
        ),
      ),
    },
  ],
  [
    "spoils the revocation's bytes",
    {
      row: (name) => makeVersion(registry, { name, version: "1.0.0", revoked: true }),
      write: inOrder(edit("state = 'approved'"), (name) =>
        writer.tamper(`UPDATE "Approval" SET bundle = 'x' WHERE round = 2 AND ${approvalsOf("1.0.0")}`, [name]),
      ),
    },
  ],
  [
    "makes the server another",
    {
      row: (name) => makeVersion(registry, { name: `${name}-other`, version: "1.0.0" }),
      write: edit("deprecated = true"),
    },
  ],
];

describe("a database writer without the registry's key", () => {
  let running: TestPlane;
  beforeEach(async () => {
    running = await startPlane();
  });
  afterEach(async () => {
    await plane.close();
    await running.close();
  });

  it.each(attacks)("who %s makes nothing resolve, now or after a restart", async (_, { row, write }) => {
    const name = newName();
    const honest = makeVersion(registry, { name, version: "0.5.0" });
    plane = running;
    await writer.add(name, row(name), honest);
    await vi.waitFor(async () => expect((await running.ask(urlOf(name, "0.5.0"))).status).toBe(200), { timeout: 5000 });
    const seq = running.health().ledgerSeq;
    await write(name);
    await writer.appendLedger(name);
    await vi.waitFor(() => expect(running.health().ledgerSeq).not.toBe(seq), { timeout: 5000 });
    plane = await startPlane();
    for (const reader of [running, plane]) {
      expect((await reader.ask(urlOf(name, "1.0.0"))).status).toBe(404);
      expect(await latestOf(name, reader)).not.toBe("1.0.0");
    }
  });

  it("can hide a version, which is seen: others go on and an alarm names it", async () => {
    const [name, neighbour] = [newName(), newName()];
    await writer.add(neighbour, makeVersion(registry, { name: neighbour, version: "1.0.0" }));
    await writer.add(name, makeVersion(registry, { name, version: "1.0.0" }));
    await writer.tamper(
      `UPDATE "Version" SET "updatedAt" = 'infinity', manifest = repeat('x', 200000)::bytea WHERE ${ofServer}`,
      [name],
    );
    plane = await startPlane();
    expect([await latestOf(name), await latestOf(neighbour)]).toEqual([404, "1.0.0"]);
    expect(plane.events).toContainEqual(
      expect.objectContaining({ event: "row-refused", server: name, version: "1.0.0" }),
    );
  });

  it.each(["infinity", "-infinity", "290000-01-01T00:00:00Z"])(
    "cannot blind readers, nor keep one from starting, with an entry at %s",
    async (at) => {
      const [name, other] = [newName(), newName()];
      for (const each of [name, other]) await writer.add(each, makeVersion(registry, { name: each, version: "1.0.0" }));
      plane = await startPlane();
      const body = Buffer.from(`${at} ${count}`);
      const insert = `
        WITH head AS (UPDATE "LedgerHead" SET seq = seq + 1, at = '2026-07-01T00:00:00Z', sha256 = $1 RETURNING seq)
        INSERT INTO "LedgerEntry" (seq, at, action, "actorLabel", "serverName", subject, body, "prevSha256", sha256)
        SELECT seq, $2::timestamptz, 'version.countersign', 'x', NULL, 'x', $3, repeat('0', 64), $1 FROM head`;
      await writer.tamper(insert, [sha256Hex(body), at, body]);
      const late = await startPlane();
      try {
        await edit("state = 'quarantined'")(name);
        await writer.appendLedger(name);
        for (const each of [plane, late]) {
          await vi.waitFor(async () => expect(await latestOf(name, each)).toBe(404), { timeout: 3000, interval: 10 });
          const { json } = await each.ask("/v0.1/servers?updated_since=1970-01-01T00:00:00Z&limit=100");
          const listed = json<{ servers: { server: { name: string } }[] }>().servers;
          expect(listed.map(({ server }) => server.name)).toContain(other);
        }
      } finally {
        await late.close();
      }
    },
  );

  it("cannot make readers skip entries by leaving a gap in the ledger", async () => {
    const name = newName();
    plane = running;
    await writer.add(name, makeVersion(registry, { name, version: "1.0.0" }));
    await becomes(name, "1.0.0");
    const far = Buffer.from("far away");
    await writer.tamper(
      `INSERT INTO "LedgerEntry" (seq, at, action, "actorLabel", subject, body, "prevSha256", sha256)
       VALUES (4611686018427387904, now(), 'x', '', '', $1, '', encode(sha256($1), 'hex'))`,
      [far],
    );
    await edit("state = 'quarantined'")(name);
    await writer.appendLedger(name);
    await becomes(name, 404);
    await writer.tamper(`DELETE FROM "LedgerEntry" WHERE seq = 4611686018427387904`);
  });
});
