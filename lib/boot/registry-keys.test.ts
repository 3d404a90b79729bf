import { mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordRegistryKeys } from "#lib/approval/index.ts";
import { assertRegistryKeys } from "#lib/boot/registry-keys.ts";
import { readKeySet } from "#lib/registry-key/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";

let registry: TestRegistry;
const empty = mkdtempSync(path.join(tmpdir(), "cs-no-keys-"));

beforeAll(async () => {
  registry = await createTestRegistry();
});
afterAll(async () => {
  rmSync(empty, { recursive: true });
  await registry.close();
});

it("a new registry has none yet; an installed one is refused without them, and nothing is made", async () => {
  await assertRegistryKeys(empty);
  await assertRegistryKeys(path.join(empty, "missing"));
  await recordRegistryKeys(registry.system, await readKeySet(registry.keyDir, testRegistryId));
  await assertRegistryKeys(registry.keyDir);
  for (const dir of [empty, path.join(empty, "missing")]) {
    await expect(assertRegistryKeys(dir)).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringContaining("REGISTRY_KEY_DIR"),
    });
  }
  expect(readdirSync(empty)).toEqual([]);
});

it("what a crash left half done is finished by the start, not refused", async () => {
  const file = (name: string) => path.join(registry.keyDir, name);
  renameSync(file("registry.key"), file("registry.key.next"));
  await assertRegistryKeys(registry.keyDir);
  renameSync(file("registry.key.next"), file("registry.key"));
});
