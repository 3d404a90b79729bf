import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDb } from "#lib/db/client.ts";
import { readKeySet } from "#lib/registry-key/index.ts";
import type { KeySet } from "#lib/signing/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { DatabaseVerbs } from "#lib/testing/trouble/database-verbs.ts";
import { LiveDatabase } from "#lib/testing/trouble/live-database.ts";

/** A registry with its first servers, on a database to which things happen, and readers' trust in it. */
export type LiveRegistry = {
  registry: TestRegistry;
  verbs: DatabaseVerbs;
  database: LiveDatabase;
  /** What readers are configured with. */
  trust: { registryId: string; keySet: KeySet };
  /** Where readers keep what outlives them. */
  folder: string;
  close: () => Promise<void>;
};

/** Call in `beforeAll`, `close` in `afterAll`. */
export async function openLiveRegistry(): Promise<LiveRegistry> {
  const registry = await createTestRegistry();
  const folder = mkdtempSync(path.join(tmpdir(), "cs-trouble-"));
  const verbs = new DatabaseVerbs(registry);
  await verbs.stock();
  await closeDb();
  const database = await new LiveDatabase(registry.database).open();
  await database.renew();
  const trust = { registryId: testRegistryId, keySet: await readKeySet(registry.keyDir, testRegistryId) };
  const close = async () => {
    await database.close();
    await registry.close();
    rmSync(folder, { recursive: true });
  };
  return { registry, verbs, database, trust, folder, close };
}
