import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { approveVersion, recordRegistryKeys } from "#lib/approval/index.ts";
import { db } from "#lib/db/client.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { publishKeySet, readKeySet } from "#lib/registry-key/index.ts";
import { getReview } from "#lib/reviews/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { findFreePort } from "#lib/testing/server-process.ts";
import { publishVersion } from "#lib/versions/index.ts";

/** An installed registry with one approved version, as a web process would leave it, for processes that join it. */
export type Installed = {
  registry: TestRegistry;
  dir: string;
  /** The public keys, apart from the private one. */
  keySetFile: string;
  /** Settings of one more process that joins, on a port of its own. */
  settings: () => Promise<Record<string, string>>;
  /** Publishes and approves one more version of the sample, with the registry's present key. */
  approve: (version: string) => Promise<void>;
  close: () => Promise<void>;
};

const monthMs = 30 * 86_400_000;

/** Call in `beforeAll`, `close` in `afterAll`. */
export async function install(): Promise<Installed> {
  const registry = await createTestRegistry();
  registry.clock.advance(Date.now() - registry.clock.now().getTime());
  const dir = mkdtempSync(path.join(tmpdir(), "cs-roles-"));
  const keySetFile = path.join(dir, "public", "key-set.json");
  // Read by what a web process does in this one.
  process.env.KEY_SET_FILE = keySetFile;
  await publishKeySet({ dir: registry.keyDir, file: keySetFile });
  await recordRegistryKeys(registry.system, await readKeySet(registry.keyDir, testRegistryId));
  const instance = { id: 1, kind: "test", registryId: testRegistryId, createdAt: registry.clock.now() } as const;
  await db().instance.create({ data: instance });
  await approve(registry, sampleManifest.version);
  const settings = async () => ({
    INSTANCE_KIND: "test",
    PORT: String(await findFreePort()),
    PUBLIC_URL: testRegistryId,
    DATABASE_URL: registry.database.appUrl,
    DATA_DIR: path.join(dir, "data"),
    KEY_SET_FILE: keySetFile,
    DATABASE_WAIT_SECONDS: "1",
  });
  const close = async () => {
    delete process.env.KEY_SET_FILE;
    await registry.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { registry, dir, keySetFile, settings, approve: (version) => approve(registry, version), close };
}

async function approve(registry: TestRegistry, version: string): Promise<void> {
  const upload = await registry.sign({ ...sampleManifest, version });
  await publishVersion(registry.as(registry.publisher), upload);
  const { id: versionId } = await db().version.findFirstOrThrow({ where: { version } });
  const ctx = registry.as({ ...registry.reviewer, authenticatedAt: registry.clock.now() });
  const { reviewDigest } = await getReview(ctx, { versionId });
  const expiresAt = new Date(registry.clock.now().getTime() + monthMs).toISOString();
  await approveVersion(ctx, { versionId, reviewDigest, expiresAt });
}
