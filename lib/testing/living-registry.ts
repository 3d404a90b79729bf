import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createToken, invitePerson, requestReset, resetPassword, revokeToken, signIn } from "#lib/access/index.ts";
import { approveVersion, recordRegistryKeys } from "#lib/approval/index.ts";
import { createChannel, rotateSecret } from "#lib/channels/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { createNamespace, updateNamespace } from "#lib/namespaces/index.ts";
import { readKeySet } from "#lib/registry-key/index.ts";
import { getReview } from "#lib/reviews/index.ts";
import type { KeySet } from "#lib/signing/index.ts";
import { provideInstanceSecret } from "#lib/testing/instance-secret.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { setPassword } from "#lib/testing/set-password.ts";
import { DatabaseVerbs, names } from "#lib/testing/trouble/database-verbs.ts";

export const password = "four calm grey herons";

const dayMs = 86_400_000;
/** How long its life takes. */
const lifeMs = 3 * dayMs;

/** A registry with everything in it that a backup must bring back, made by the verbs its people use. */
export type LivingRegistry = {
  registry: TestRegistry;
  verbs: DatabaseVerbs;
  keySet: KeySet;
  /** For backups; removed in the end. */
  dir: string;
  fresh: (actor: PersonActor) => ReturnType<TestRegistry["as"]>;
  close: () => Promise<void>;
};

/**
 * Call in `beforeAll`, `close` in `afterAll`.
 * @param kind of instance, as the database has it. One for real processes lives in real time.
 */
export async function createLivingRegistry(kind: "test" | "production" = "test"): Promise<LivingRegistry> {
  const removeSecret = provideInstanceSecret();
  const registry = await createTestRegistry();
  if (kind === "production") registry.clock.advance(Date.now() - lifeMs - registry.clock.now().getTime());
  const keySet = await readKeySet(registry.keyDir, testRegistryId);
  const createdAt = registry.clock.now();
  await db().instance.create({ data: { id: 1, kind, registryId: testRegistryId, createdAt } });
  await recordRegistryKeys(registry.system, keySet);
  const fresh = (actor: PersonActor) => registry.as({ ...actor, authenticatedAt: registry.clock.now() });
  const verbs = new DatabaseVerbs(registry);
  const dir = mkdtempSync(path.join(tmpdir(), "cs-backup-"));
  const close = async () => {
    await registry.close();
    removeSecret();
    rmSync(dir, { recursive: true, force: true });
  };
  const living = { registry, verbs, keySet, dir, fresh, close };
  await fillCatalogue(living);
  await fillAccess(living);
  return living;
}

/** Versions in every state readers and reviewers know. */
async function fillCatalogue({ registry, verbs, fresh }: LivingRegistry): Promise<void> {
  await verbs.stock();
  await verbs.perform(["approve", names[0] ?? "", "2.0.0"]);
  await verbs.perform(["revoke", names[1] ?? "", "1.0.0"]);
  await verbs.perform(["withdraw", names[2] ?? "", "2.0.0"]);
  await verbs.perform(["publish", "com.acme/dd", "1.0.0"]);
  const { id: versionId } = await db().version.findFirstOrThrow({ where: { server: { name: "com.acme/dd" } } });
  const { reviewDigest } = await getReview(fresh(registry.reviewer), { versionId });
  const expiresAt = new Date(registry.clock.now().getTime() + 2 * dayMs).toISOString();
  await approveVersion(fresh(registry.reviewer), { versionId, reviewDigest, expiresAt });
  registry.clock.advance(lifeMs);
  await verbs.perform(["expire"]);
}

async function fillAccess({ registry, fresh }: LivingRegistry): Promise<void> {
  const { admin, reviewer, publisher } = registry;
  const selection = { include: [{ namespace: "com.acme" }], exclude: [] };
  await createChannel(fresh(admin), { slug: "hidden", label: "Hidden", audience: "capability", selection });
  await rotateSecret(fresh(admin), { slug: "hidden", overlapHours: 1 });
  await createChannel(fresh(admin), { slug: "robots", label: "Robots", audience: "token", selection });
  const robot = { robot: true, scopes: ["resolve"], namespaces: [], channels: ["robots"], expiresInDays: 30 };
  await createToken(fresh(admin), { label: "ci", ...robot });
  const { id } = await createToken(fresh(admin), { label: "old ci", ...robot });
  await revokeToken(fresh(admin), { id });
  await createNamespace(fresh(admin), { name: "com.example" });
  await updateNamespace(fresh(admin), { name: "com.acme", lifetimeDays: 365 });
  await setPassword(reviewer, password);
  await signIn(registry.as({ kind: "anonymous" }), { email: reviewer.email, password }, "browser");
  const nobody = { email: reviewer.email, password: "wrong" };
  await signIn(registry.as({ kind: "anonymous" }), nobody, "browser").catch(() => {});
  const { url } = await requestReset(fresh(admin), { personId: publisher.personId });
  await resetPassword(registry.as({ kind: "anonymous" }), { token: url.split("#token=")[1], password });
  await requestReset(fresh(admin), { personId: publisher.personId });
  await invitePerson(fresh(admin), { email: "new@example.com", name: "New", grants: [] });
}
