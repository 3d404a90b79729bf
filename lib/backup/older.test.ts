import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createBackup, restoreBackup } from "#lib/backup/index.ts";
import { db } from "#lib/db/client.ts";
import { verifyChains } from "#lib/ledger/index.ts";
import { applyDueChanges } from "#lib/policy-changes/index.ts";
import { readKeySet, rotateKeyFiles } from "#lib/registry-key/index.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";
import { createLivingRegistry, type LivingRegistry } from "#lib/testing/living-registry.ts";
import { names } from "#lib/testing/trouble/database-verbs.ts";

// A backup from before something happened.

let living: LivingRegistry;
let target: TestDatabase;
let file: string;

beforeAll(async () => {
  living = await createLivingRegistry();
  const { registry, dir } = living;
  file = path.join(dir, "older.backup");
  await createBackup(registry.system, { file, url: registry.database.appUrl, registryKeyDir: registry.keyDir });
  target = await createTestDatabase();
});
afterAll(async () => {
  await target.drop();
  process.env.DATABASE_URL = living.registry.database.appUrl;
  await living.close();
});

it("is restored after the key was rotated, and names the revocations that readers saw and it does not have", async () => {
  const { registry, verbs, dir } = living;
  process.env.DATABASE_URL = registry.database.appUrl;
  await verbs.perform(["publish", "com.acme/ee", "1.0.0"]);
  await verbs.perform(["approve", "com.acme/ee", "1.0.0"]);
  for (const name of [names[0] ?? "", names[2] ?? "", "com.acme/ee"]) await verbs.perform(["revoke", name, "1.0.0"]);
  const revoked = await db().approval.findMany({ where: { state: "revoked" } });
  expect(revoked).toHaveLength(4);
  const lines = revoked.map(({ bundle }) => Buffer.from(bundle).toString("base64"));
  const revocationsFile = path.join(dir, "revocations");
  writeFileSync(revocationsFile, ["", ...lines, ...lines, "bm90IGEgc3RhdGVtZW50"].join("\n"));

  registry.clock.advance(60_000);
  const at = registry.clock.now();
  const keySet = await rotateKeyFiles({ dir: registry.keyDir, registryId: testRegistryId, at });
  process.env.DATABASE_URL = target.appUrl;
  const { ownerUrl } = target;
  const restored = await restoreBackup(registry.system, { file, ownerUrl, keySet, revocationsFile });

  expect(restored.lostRevocations).toEqual([
    { name: names[0], version: "1.0.0" },
    { name: names[2], version: "1.0.0" },
  ]);
  expect(await db().approval.count({ where: { state: "revoked" } })).toBe(1);
  const [ledger] = await verifyChains({ keySet, registryId: testRegistryId });
  expect(ledger).toMatchObject({ intact: true });
});

it("lets a loosening of policy wait for the whole delay again, since it may have been cancelled meanwhile", async () => {
  const { registry, keySet, dir } = living;
  process.env.DATABASE_URL = registry.database.appUrl;
  const [waiting] = await db().policyChange.findMany({ where: { state: "waiting" } });
  const delayMs = Number(waiting?.effectiveAt) - Number(waiting?.proposedAt);
  expect(delayMs).toBeGreaterThan(60_000);
  registry.clock.advance(10 * delayMs);
  const later = await createTestDatabase();
  const input = { file, ownerUrl: later.ownerUrl, keySet, revocationsFile: path.join(dir, "none") };
  expect(await restoreBackup(registry.system, input)).toMatchObject({ waitingChanges: 1 });
  const [restored] = await db().policyChange.findMany({ where: { state: "waiting" } });
  expect(restored).toEqual({ ...waiting, effectiveAt: new Date(registry.clock.now().getTime() + delayMs) });
  expect(await applyDueChanges(registry.system)).toBe(0);
  await later.drop();
});

it("is restored whatever delay somebody wrote, and never waits longer than the longest there is", async () => {
  const { registry, dir } = living;
  const keySet = await readKeySet(registry.keyDir, testRegistryId);
  const planted = path.join(dir, "planted.backup");
  const [first, last] = [new Date("0001-01-01T00:00:00Z"), new Date("9999-12-31T23:59:59Z")];
  process.env.DATABASE_URL = registry.database.appUrl;
  const [waiting] = await db().policyChange.findMany({ where: { state: "waiting" } });
  if (!waiting) throw new Error("nothing waits");
  const { id: _, ...change } = { ...waiting, payload: {} };
  const plant = (proposedAt: Date, effectiveAt: Date) =>
    db().policyChange.create({ data: { ...change, id: randomUUID(), proposedAt, effectiveAt } });
  const [long, short] = [await plant(first, last), await plant(last, first)];
  await createBackup(registry.system, {
    file: planted,
    url: registry.database.appUrl,
    registryKeyDir: registry.keyDir,
  });
  const later = await createTestDatabase();
  const input = { file: planted, ownerUrl: later.ownerUrl, keySet, revocationsFile: path.join(dir, "none") };
  expect(await restoreBackup(registry.system, input)).toMatchObject({ waitingChanges: 3 });
  const now = registry.clock.now().getTime();
  const delayOf = async (id: string) =>
    Number((await db().policyChange.findUniqueOrThrow({ where: { id } })).effectiveAt) - now;
  expect([await delayOf(long.id), await delayOf(short.id)]).toEqual([720 * 3_600_000, 0]);
  await later.drop();
});
