import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { approveVersion, readKeySet, revokeVersion } from "#lib/approval/index.ts";
import { db } from "#lib/db/client.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { getReview } from "#lib/reviews/index.ts";
import { encodeKeySet } from "#lib/signing/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { startTestServer } from "#lib/testing/server.ts";
import { publishVersion } from "#lib/versions/index.ts";

export type Published = { name: string; version: string; versionId: string };

/** A registry in an embedded Postgres of its own, changed by the very verbs people and publishers use. */
export type SeededRegistry = TestRegistry & {
  keySetFile: string;
  /** A folder of its own that goes when the registry does. */
  dir: string;
  upload: (name: string, version: string) => ReturnType<TestRegistry["sign"]>;
  publish: (name: string) => Promise<Published>;
  approve: (published: Published) => Promise<void>;
  revoke: (published: Published) => Promise<void>;
  close: () => Promise<void>;
};

const day = 86_400_000;

/** @param now what the registry's clock shows; milliseconds since the epoch. */
export async function openSeededRegistry(now: number): Promise<SeededRegistry> {
  const dir = mkdtempSync(path.join(tmpdir(), "cs-bench-"));
  const server = await startTestServer(dir);
  process.env.TEST_DATABASE_SOCKET = server.socket;
  const registry = await createTestRegistry();
  registry.clock.advance(now - registry.clock.now().getTime());
  await db().namespace.update({ where: { id: registry.namespace.id }, data: { maxPending: 1000 } });
  const keySetFile = path.join(dir, "key-set.json");
  writeFileSync(keySetFile, encodeKeySet(await readKeySet(registry.keyDir, testRegistryId), testRegistryId));
  const reviewer = () => registry.as({ ...registry.reviewer, authenticatedAt: registry.clock.now() });
  const upload = (name: string, version: string) => registry.sign({ ...sampleManifest, name, version });
  return {
    ...registry,
    keySetFile,
    dir,
    upload,
    publish: async (name) => {
      await publishVersion(registry.as(registry.publisher), await upload(name, "1.0.0"));
      const { id } = await db().version.findFirstOrThrow({ where: { server: { name } } });
      return { name, version: "1.0.0", versionId: id };
    },
    approve: async ({ versionId }) => {
      const { reviewDigest } = await getReview(reviewer(), { versionId });
      const expiresAt = new Date(registry.clock.now().getTime() + 30 * day).toISOString();
      await approveVersion(reviewer(), { versionId, reviewDigest, expiresAt });
    },
    revoke: async ({ name, version }) => {
      await revokeVersion(reviewer(), { name, version, reason: "measured" });
    },
    close: async () => {
      await registry.close();
      await server.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Ends a process and waits until it has. */
export async function endProcess(child: import("node:child_process").ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}
