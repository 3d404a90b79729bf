import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createBackup, restoreBackup } from "#lib/backup/index.ts";
import { verifyChains } from "#lib/ledger/index.ts";
import { createTestDatabase } from "#lib/testing/database.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";
import { createLivingRegistry, type LivingRegistry } from "#lib/testing/living-registry.ts";

// Whoever has the rights of the application can write what is no time and no digest. That must not end backups.

let living: LivingRegistry;

beforeEach(async () => {
  living = await createLivingRegistry();
});
afterEach(async () => {
  process.env.DATABASE_URL = living.registry.database.appUrl;
  await living.close();
});

const forgeApproval = `
  INSERT INTO "Approval" (id, "versionId", round, state, bundle, sha256, "keyId", "approvedAt")
  SELECT gen_random_uuid(), "versionId", 999, state, 'x', repeat('z', 100000), "keyId", "approvedAt"
  FROM "Approval" LIMIT 1`;
const forgeHead = (table: string, at: string) => `
  UPDATE "${table}" SET seq = seq + 1, sha256 = repeat('y', 100000), at = ${at}`;
const forgeRefusal = `
  WITH head AS (UPDATE "RefusalHead" SET seq = seq + 1 RETURNING seq)
  INSERT INTO "RefusalEntry" (seq, at, kind, subject, body, "prevSha256", sha256)
  SELECT seq, 'infinity', 'sign-in', 'x', 'x'::bytea, (SELECT sha256 FROM "RefusalHead"), encode(sha256('x'::bytea), 'hex') FROM head`;

it.each([
  ["an event without time", forgeRefusal, "refusals", /^it has no time/],
  ["a countersignature under a long name", forgeApproval, "ledger", /^countersignature sha256:z+ does not verify/],
  ["a head without time", forgeHead("RefusalHead", "'infinity'"), "refusals", /without digest or time/],
  ["a head without digest", forgeHead("LedgerHead", "at + interval '1 ms'"), "ledger", /without digest or time/],
])(
  "a registry with %s is backed up and restored as it is, and said to be broken",
  async (_what, sql, chain, reason) => {
    const { registry, keySet, dir } = living;
    const { database, system, keyDir } = registry;
    process.env.DATABASE_URL = database.appUrl;
    const client = new pg.Client(database.appUrl);
    await client.connect();
    const { rowCount } = await client.query(sql);
    await client.end();
    expect(rowCount).toBe(1);

    const trust = { keySet, registryId: testRegistryId };
    const before = await verifyChains(trust);
    const reasonNow = before.find((each) => each.chain === chain)?.broken?.reason;
    expect(reasonNow).toMatch(reason);
    expect(reasonNow?.length).toBeLessThan(400);

    const file = path.join(dir, `${chain}${Math.random()}.backup`);
    const { predicate } = await createBackup(system, { file, url: database.appUrl, registryKeyDir: keyDir });
    expect(predicate.chains).toEqual(before);
    const target = await createTestDatabase();
    const input = { file, ownerUrl: target.ownerUrl, keySet, revocationsFile: path.join(dir, "none") };
    expect((await restoreBackup(system, input)).predicate).toEqual(predicate);
    await target.drop();
  },
);
