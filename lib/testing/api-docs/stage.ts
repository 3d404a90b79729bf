import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PersonActor } from "#lib/core/context.ts";
import { openApiSession } from "#lib/testing/api-call.ts";
import { provideInstanceSecret } from "#lib/testing/instance-secret.ts";
import { createTestRegistry, insertPerson, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { seedTrustRoots } from "#lib/trust/index.ts";

export type StagePerson = "admin" | "otherAdmin" | "publisher" | "reviewer" | "auditor" | "member";

export type ApiStage = {
  registry: TestRegistry;
  people: Record<StagePerson, PersonActor>;
  /** A new API session of just now. */
  signIn: (who: StagePerson) => Promise<string>;
  close: () => Promise<void>;
};

/** A registry with people of every role, on a database and in folders of its own. */
export async function openApiStage(): Promise<ApiStage> {
  const removeSecret = provideInstanceSecret();
  const dataDir = mkdtempSync(path.join(tmpdir(), "cs-api-"));
  Object.assign(process.env, { PUBLIC_URL: testRegistryId, DATA_DIR: dataDir });
  const registry = await createTestRegistry();
  await seedTrustRoots(registry.system);
  const { admin, publisher, reviewer, auditor, member } = registry;
  const otherAdmin = await insertPerson("Abe Admin", [{ role: "admin", namespace: "*" }], registry.clock);
  const people = { admin, otherAdmin, publisher, reviewer, auditor, member };
  return {
    registry,
    people,
    signIn: (who) => openApiSession(people[who]),
    close: async () => {
      await registry.close();
      removeSecret();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
