import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approveVersion, readKeySet, recordExpiries, rejectVersion, revokeVersion } from "#lib/approval/index.ts";
import { isDomainError } from "#lib/core/errors.ts";
import { db } from "#lib/db/client.ts";
import { verifyChains } from "#lib/ledger/index.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { getReview } from "#lib/reviews/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { publishVersion, reopenVersion, withdrawVersion } from "#lib/versions/index.ts";

// Any sequence of verbs, some at the same time, leaves a version in a state its signatures agree with.

let registry: TestRegistry;
let serial = 0;

beforeAll(async () => {
  registry = await createTestRegistry();
  await db().namespace.update({
    where: { id: registry.namespace.id },
    data: { requiredApprovals: 2, maxPending: 1000 },
  });
});
afterAll(() => registry.close());

const verbs = ["approve", "approve-other", "reject", "withdraw", "reopen", "revoke", "expire"] as const;
/** Twice as likely, so that sequences get beyond them. */
const approvals = ["approve", "approve-other"] as const;
type Verb = (typeof verbs)[number];

async function perform(verb: Verb, at: { versionId: string; name: string; version: string }): Promise<unknown> {
  const fresh = (actor: TestRegistry["admin"]) => registry.as({ ...actor, authenticatedAt: registry.clock.now() });
  const reason = "Because of the test.";
  const reviewed = async (actor: TestRegistry["admin"]) => {
    const ctx = fresh(actor);
    const { reviewDigest, expiry } = await getReview(ctx, at);
    return { ctx, input: { versionId: at.versionId, reviewDigest, expiresAt: expiry.latest, reason } };
  };
  if (verb === "approve" || verb === "approve-other") {
    const { ctx, input } = await reviewed(verb === "approve" ? registry.reviewer : registry.otherReviewer);
    return approveVersion(ctx, input);
  }
  if (verb === "reject") {
    const { ctx, input } = await reviewed(registry.reviewer);
    return rejectVersion(ctx, input);
  }
  if (verb === "withdraw") return withdrawVersion(fresh(registry.publisher), at);
  if (verb === "reopen") return reopenVersion(fresh(registry.admin), { ...at, reason });
  if (verb === "revoke") return revokeVersion(fresh(registry.admin), { ...at, reason });
  registry.clock.advance(91 * 86_400_000);
  return recordExpiries(registry.system);
}

async function publish() {
  serial += 1;
  const manifest = { ...sampleManifest, name: `com.acme/model-${serial}`, version: "1.0.0" };
  await publishVersion(registry.as(registry.publisher), await registry.sign(manifest));
  const { id: versionId } = await db().version.findFirstOrThrow({ where: { server: { name: manifest.name } } });
  return { versionId, name: manifest.name, version: "1.0.0" };
}

async function assertConsistent(versionId: string): Promise<void> {
  const row = await db().version.findUniqueOrThrow({
    where: { id: versionId },
    include: { approvals: { orderBy: { round: "asc" } } },
  });
  const signed = row.approvals.map(({ state, round }) => `${round} ${state}`);
  const expected = { approved: ["1 approved"], revoked: ["1 approved", "2 revoked"] } as Record<string, string[]>;
  expect(signed).toEqual(expected[row.state] ?? []);
  expect(row.round).toBe(row.approvals.length);
  expect(row.publishedAt === null).toBe(row.approvals.length === 0);
  if (row.state === "approved") expect(row.expiresAt).toEqual(row.approvals[0]?.expiresAt);
}

it("holds for random sequences, with steps at the same time", async () => {
  const step = fc.array(fc.constantFrom(...verbs, ...approvals), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
      const at = await publish();
      for (const together of steps) {
        const results = await Promise.allSettled(together.map((verb) => perform(verb, at)));
        for (const result of results) {
          if (result.status === "rejected" && !isDomainError(result.reason)) throw result.reason;
        }
        await assertConsistent(at.versionId);
      }
    }),
    { numRuns: 20, seed: 20261122 },
  );
  const keySet = await readKeySet(registry.keyDir, testRegistryId);
  const [ledger] = await verifyChains({ keySet, registryId: testRegistryId });
  expect(ledger).toMatchObject({ intact: true });
  expect(ledger?.auditHeadsChecked).toBe(await db().approval.count());
  const reached = await db().version.groupBy({ by: ["state"], _count: true });
  expect(reached.map(({ state }) => state)).toEqual(
    expect.arrayContaining(["approved", "revoked", "rejected", "withdrawn"]),
  );
}, 120_000);
