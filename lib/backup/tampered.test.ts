import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createBackup, restoreBackup } from "#lib/backup/index.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { verifyChains } from "#lib/ledger/index.ts";
import { createTestDatabase } from "#lib/testing/database.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";
import { createLivingRegistry, type LivingRegistry } from "#lib/testing/living-registry.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";

// Whoever has the rights of the application can write what is no event and no countersignature. That must not end backups.

let living: LivingRegistry;

beforeEach(async () => {
  living = await createLivingRegistry();
});
afterEach(async () => {
  process.env.DATABASE_URL = living.registry.database.appUrl;
  await living.close();
});

const forgeApproval = `
  WITH v AS (UPDATE "Version" SET round = round + 1 WHERE id = (SELECT "versionId" FROM "Approval" LIMIT 1) RETURNING id, round)
  INSERT INTO "Approval" (id, "versionId", round, state, bundle, sha256, "keyId", "approvedAt")
  SELECT gen_random_uuid(), id, round, 'approved', 'x', repeat('z', 60000), 'k', now() FROM v`;
const forgeEvent = (chain: string, columns: string, values: string, sha256: string) => `
  WITH h AS (UPDATE "${chain}Head" SET seq = seq + 1, at = at + interval '1 ms', sha256 = '${sha256}' RETURNING seq, at)
  INSERT INTO "${chain}Entry" (seq, at, ${columns}, subject, body, "prevSha256", sha256)
  SELECT seq, at, ${values}, 'x', 'x'::bytea, (SELECT sha256 FROM "${chain}Head"), '${sha256}' FROM h`;
const ofX = sha256Hex("x");

/** The last of the statements changes something. */
async function write(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let changed: number | null = 0;
    for (const sql of statements) changed = (await client.query(sql)).rowCount;
    expect(changed).toBeGreaterThan(0);
  } finally {
    await client.end();
  }
}

async function backUp(name: string) {
  const { registry, keySet, dir } = living;
  const file = path.join(dir, `${name.replaceAll(" ", "-")}.backup`);
  const input = { file, url: registry.database.appUrl, registryKeyDir: registry.keyDir };
  const { predicate } = await createBackup(registry.system, input);
  return { predicate, input: { file, keySet, revocationsFile: path.join(dir, "none") } };
}

it.each([
  ["an event that is none", forgeEvent("Ledger", `action, "actorLabel"`, "'x', 'x'", ofX), "ledger", /not an event/],
  ["a refusal that is none", forgeEvent("Refusal", "kind", "'sign-in'", ofX), "refusals", /not an event/],
  ["a countersignature under a long name", forgeApproval, "ledger", /^countersignature sha256:z+ does not verify/],
])("a registry with %s is backed up and restored as it is, and said to be broken", async (what, sql, chain, reason) => {
  const { registry, keySet } = living;
  const { database, system } = registry;
  process.env.DATABASE_URL = database.appUrl;
  await write(database.appUrl, sql);

  const trust = { keySet, registryId: testRegistryId };
  const before = await verifyChains(trust);
  const reasonNow = before.find((each) => each.chain === chain)?.broken?.reason;
  expect(reasonNow).toMatch(reason);
  expect(reasonNow?.length).toBeLessThan(400);

  const { predicate, input } = await backUp(what);
  expect(predicate.chains).toEqual(before);
  const target = await createTestDatabase();
  expect((await restoreBackup(system, { ...input, ownerUrl: target.ownerUrl })).predicate).toEqual(predicate);
  await target.drop();
});

// With the rights of the database's administrator, past every rule. The rules hold for what is restored.
it.each([
  ["a head without digest", `UPDATE "LedgerHead" SET sha256 = repeat('y', 100)`, /head does not stand at an entry/],
  ["a head of refusals without time", `UPDATE "RefusalHead" SET at = 'infinity'`, /RefusalHead_times/],
  ["a refusal beyond the head", `UPDATE "RefusalHead" SET seq = 0`, /The entry lies beyond the head/],
  ["a round that nobody signed", `UPDATE "Version" SET round = 0`, /round does not count countersignatures/],
  ["a version that never was", `UPDATE "Version" SET "updatedAt" = '290000-01-01T00:00:00Z'`, /Version_times/],
])("a registry that %s would stop is not restored", async (what, sql, reason) => {
  const { registry } = living;
  await write(registry.database.superuserUrl, "SET session_replication_role = replica", without(sql), sql);
  process.env.DATABASE_URL = registry.database.appUrl;
  const { input } = await backUp(what);
  const target = await createTestDatabase();
  const empty = await readTableContents();
  const restored = restoreBackup(registry.system, { ...input, ownerUrl: target.ownerUrl });
  await expect(restored).rejects.toMatchObject({ code: "conflict", detail: expect.stringMatching(reason) });
  expect(await readTableContents()).toEqual(empty);
  await target.drop();
});

/** CHECKs hold for the administrator as well, who can take them away. */
function without(sql: string): string {
  const table = /UPDATE ("\w+")/.exec(sql)?.[1] ?? "";
  return `ALTER TABLE ${table} DROP CONSTRAINT "${table.slice(1, -1)}_times"`;
}
