import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { approveVersion, readKeySet, rejectVersion, revokeVersion } from "#lib/approval/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { transact } from "#lib/db/transact.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { retireRule, revokeManagedKey } from "#lib/publishers/index.ts";
import { getReview } from "#lib/reviews/index.ts";
import { verifyApproval } from "#lib/signing/index.ts";
import {
  createTestRegistry,
  insertKeyRule,
  insertManagedKey,
  insertPerson,
  insertToken,
  makeSigner,
  signManifest,
  type TestRegistry,
  testRegistryId,
} from "#lib/testing/lifecycle.ts";
import { expectRefusal } from "#lib/testing/refusal.ts";
import { getVersion, publishVersion, reopenVersion, withdrawVersion } from "#lib/versions/index.ts";

let registry: TestRegistry;
let serial = 0;
/** A pending version made for the test at hand. */
let pending: { versionId: string; name: string; version: string };

beforeAll(async () => {
  registry = await createTestRegistry();
  await db().namespace.update({ where: { id: registry.namespace.id }, data: { maxPending: 1000 } });
});
afterAll(() => registry.close());
beforeEach(async () => {
  serial += 1;
  pending = await publish(`server-${serial}`, "1.0.0");
});

async function publish(server: string, version: string, actor: PersonActor = registry.publisher) {
  const upload = await registry.sign({ ...sampleManifest, name: `com.acme/${server}`, version });
  const { name } = await publishVersion(registry.as(actor), upload);
  const row = await db().version.findFirstOrThrow({ where: { version, server: { name } } });
  return { versionId: row.id, name, version };
}

const expiresAt = () => new Date(registry.clock.now().getTime() + 30 * 86_400_000).toISOString();

async function approve(reviewer: PersonActor, versionId = pending.versionId) {
  const ctx = registry.as(reviewer);
  const { reviewDigest } = await getReview(ctx, { versionId });
  return approveVersion(ctx, { versionId, reviewDigest, expiresAt: expiresAt() });
}

const rowOf = (id = pending.versionId) =>
  db().version.findUniqueOrThrow({ where: { id }, include: { approvals: true } });

async function requireApprovals(requiredApprovals: number) {
  await db().namespace.update({ where: { id: registry.namespace.id }, data: { requiredApprovals } });
}

describe("approving", () => {
  it("countersigns in the same transaction: state, times and a statement that verifies", async () => {
    const view = await approve(registry.reviewer);
    expect(view).toMatchObject({ state: "approved", decide: { allowed: false, reason: "This version is approved." } });
    expect(view.votes).toMatchObject([{ person: "Rae Reviewer", counts: true }]);
    const row = await rowOf();
    expect(row).toMatchObject({ state: "approved", round: 1, statusMessage: null });
    expect(row.publishedAt).toEqual(row.updatedAt);
    const bundleBytes = row.approvals[0]?.bundle ?? new Uint8Array();
    const keySet = await readKeySet(registry.keyDir, testRegistryId);
    const verdict = verifyApproval({ bundleBytes, keySet, registryId: testRegistryId });
    if (!verdict.ok) throw new Error(verdict.detail);
    const { predicate, manifestDigest } = verdict.approval;
    expect(manifestDigest).toBe(row.manifestDigest);
    expect(view.reviewDigest).toBe(predicate.reviewDigest);
    expect(view.record.round).toBe(1);
    expect(predicate).toMatchObject({
      name: pending.name,
      version: "1.0.0",
      state: "approved",
      round: 1,
      approvers: [registry.reviewer.personId],
      reviewDigest: row.approvals[0]?.reviewDigest,
      expiresAt: row.expiresAt?.toISOString(),
    });
    const [vote, signed] = (await db().ledgerEntry.findMany({ orderBy: { seq: "desc" }, take: 2 })).reverse();
    expect(vote).toMatchObject({ action: "version.approve", serverName: null });
    expect(signed).toMatchObject({ action: "version.countersign", serverName: pending.name, at: row.updatedAt });
    expect(predicate.auditHead).toEqual({ seq: Number(vote?.seq), sha256: vote?.sha256 });
  });

  it("waits for as many distinct people as the namespace asks for", async () => {
    await requireApprovals(2);
    const view = await approve(registry.reviewer);
    expect(view).toMatchObject({ state: "pending", votes: [{ person: "Rae Reviewer", counts: true }] });
    expect(await rowOf()).toMatchObject({ state: "pending", round: 0, approvals: [] });
    await expectRefusal("state-conflict", 0, () => approve(registry.reviewer));
    expect((await approve(registry.otherReviewer)).state).toBe("approved");
    await requireApprovals(1);
  });

  it("keeps the stricter number of when it was received", async () => {
    await requireApprovals(2);
    const strict = await publish(`strict-${serial}`, "1.0.0");
    await requireApprovals(1);
    expect((await approve(registry.reviewer, strict.versionId)).state).toBe("pending");
    expect((await approve(registry.otherReviewer, strict.versionId)).state).toBe("approved");
  });

  it("ends with the earliest end anybody approved", async () => {
    await requireApprovals(2);
    await approve(registry.reviewer);
    const ctx = registry.as(registry.otherReviewer);
    const { reviewDigest } = await getReview(ctx, { versionId: pending.versionId });
    const sooner = new Date(registry.clock.now().getTime() + 86_400_000);
    await approveVersion(ctx, { versionId: pending.versionId, reviewDigest, expiresAt: sooner.toISOString() });
    expect((await rowOf()).expiresAt).toEqual(sooner);
    await requireApprovals(1);
  });

  it("moves latest to the higher version and touches the one that loses it", async () => {
    await approve(registry.reviewer);
    const before = await rowOf();
    const next = await publish(`server-${serial}`, "2.0.0");
    const review = await getReview(registry.as(registry.reviewer), { versionId: next.versionId });
    expect(review.record.live).toEqual({ version: "1.0.0", manifestDigest: before.manifestDigest });
    expect(review.record.chips).toContain("major-jump");
    await approve(registry.reviewer, next.versionId);
    const [old, now] = [await rowOf(), await rowOf(next.versionId)];
    expect(old.updatedAt).toEqual(now.updatedAt);
    expect(old.statusChangedAt).toEqual(before.statusChangedAt);
    expect(await getVersion(registry.as(registry.member), next)).toMatchObject({ isLatest: true });
  });
});

describe("refused approvals write nothing", () => {
  it("another digest than that of the record as it is", async () => {
    const ctx = registry.as(registry.reviewer);
    const reviewDigest = `sha256:${"0".repeat(64)}`;
    const { versionId } = pending;
    await expectRefusal("review-changed", 0, () =>
      approveVersion(ctx, { versionId, reviewDigest, expiresAt: expiresAt() }),
    );
  });

  it("a record whose policy changed after it was read", async () => {
    const ctx = registry.as(registry.reviewer);
    const { reviewDigest } = await getReview(ctx, { versionId: pending.versionId });
    await db().namespace.update({ where: { id: registry.namespace.id }, data: { lifetimeDays: 60 } });
    await expectRefusal("review-changed", 0, () =>
      approveVersion(ctx, { versionId: pending.versionId, reviewDigest, expiresAt: expiresAt() }),
    );
    await db().namespace.update({ where: { id: registry.namespace.id }, data: { lifetimeDays: 90 } });
  });

  it("does not count approvals of the record before it changed", async () => {
    await requireApprovals(2);
    await approve(registry.reviewer);
    await db().namespace.update({ where: { id: registry.namespace.id }, data: { lifetimeDays: 60 } });
    const view = await approve(registry.otherReviewer);
    expect(view.state).toBe("pending");
    expect(view.votes.map((vote) => vote.counts)).toEqual([false, true]);
    await db().namespace.update({ where: { id: registry.namespace.id }, data: { lifetimeDays: 90 } });
    await requireApprovals(1);
  });

  it("does not count the approval of somebody who is no reviewer any more", async () => {
    await requireApprovals(2);
    const leaver = await insertPerson(`Lee ${serial}`, [{ role: "reviewer", namespace: "*" }], registry.clock);
    await approve(leaver);
    await db().roleGrant.deleteMany({ where: { personId: leaver.personId } });
    expect((await approve(registry.reviewer)).state).toBe("pending");
    await db().person.update({ where: { id: leaver.personId }, data: { state: "deactivated" } });
    expect((await approve(registry.otherReviewer)).state).toBe("approved");
    await requireApprovals(1);
  });

  it("people who may not review, and tokens of those who may", async () => {
    await expectRefusal("forbidden", 0, () => approve(registry.publisher));
    await expectRefusal("forbidden", 0, () => approve(registry.auditor));
    const token = await insertToken(registry.reviewer, registry.reviewer, { scopes: ["read"], namespace: "com.acme" });
    const ctx = registry.as(token);
    const { reviewDigest } = await getReview(ctx, { versionId: pending.versionId });
    await expectRefusal("forbidden", 0, () =>
      approveVersion(ctx, { versionId: pending.versionId, reviewDigest, expiresAt: expiresAt() }),
    );
  });

  it("a reviewer of another namespace gets the same answer as for nothing", async () => {
    const stranger = await insertPerson(
      `Sam ${serial}`,
      [{ role: "reviewer", namespace: "org.other" }],
      registry.clock,
    );
    const ctx = registry.as(stranger);
    const input = { reviewDigest: `sha256:${"0".repeat(64)}`, expiresAt: expiresAt() };
    const hidden = await expectRefusal("not-found", 0, () =>
      approveVersion(ctx, { ...input, versionId: pending.versionId }),
    );
    const missing = await expectRefusal("not-found", 0, () =>
      approveVersion(ctx, { ...input, versionId: registry.ruleId }),
    );
    expect(hidden.detail).toBe(missing.detail);
  });

  it("a sign-in older than fifteen minutes", async () => {
    const stale = { ...registry.reviewer, authenticatedAt: new Date(registry.clock.now().getTime() - 15 * 60_000) };
    await expectRefusal("reauthentication-required", 0, () => approve(stale));
    expect((await getReview(registry.as(stale), pending)).decide.needsFreshSignIn).toBe(true);
  });

  it("an end that is past or beyond the namespace's lifetime", async () => {
    const ctx = registry.as(registry.reviewer);
    const { reviewDigest } = await getReview(ctx, { versionId: pending.versionId });
    for (const end of ["2026-02-01", "2027-01-01T00:00:00Z"]) {
      await expectRefusal("invalid-input", 0, () =>
        approveVersion(ctx, { versionId: pending.versionId, reviewDigest, expiresAt: end }),
      );
    }
  });

  it.each(["uploaded it", "owns the token that did", "created the token that did", "controls the key"])(
    "somebody who %s",
    async (how) => {
      const both = [
        { role: "reviewer" as const, namespace: "*" },
        { role: "publisher" as const, namespace: "*" },
      ];
      const author = await insertPerson(`Al ${serial}`, both, registry.clock);
      const versionId = await uploadBy(author, how);
      const error = await expectRefusal("approver-not-eligible", 1, () => approve(author, versionId));
      expect((await getReview(registry.as(author), { versionId })).decide.reason).toBe(error.detail);
      expect((await approve(registry.reviewer, versionId)).state).toBe("approved");
    },
  );

  async function uploadBy(author: PersonActor, how: string): Promise<string> {
    const manifest = { ...sampleManifest, name: `com.acme/authored-${serial}`, version: "1.0.0" };
    const find = async () => (await db().version.findFirstOrThrow({ where: { server: { name: manifest.name } } })).id;
    if (how === "controls the key") {
      const signer = makeSigner();
      const keyId = await insertManagedKey(registry.namespace.id, signer, [author.personId]);
      await insertKeyRule(registry.namespace.id, keyId);
      await publishVersion(registry.as(registry.publisher), await signManifest(manifest, signer));
      return find();
    }
    const options = { scopes: ["publish" as const], namespace: "com.acme" };
    const owned = () => insertToken(registry.admin, author, options);
    const created = () => insertToken(author, null, options);
    const uploader = how === "uploaded it" ? author : await (how.startsWith("owns") ? owned() : created());
    await publishVersion(registry.as(uploader), await registry.sign(manifest));
    return find();
  }

  it("bytes that were exchanged in the database for others", async () => {
    const other = await signManifest({ ...sampleManifest, name: pending.name, version: "1.0.0" }, makeSigner());
    const bytes = new Uint8Array(other.bundleBytes);
    await withOwner((sql) =>
      sql(
        `UPDATE "Bundle" SET bytes = decode('${Buffer.from(bytes).toString("hex")}', 'hex') WHERE "versionId" = '${pending.versionId}'`,
      ),
    );
    await expectRefusal("signature-rejected", 1, () => approve(registry.reviewer));
  });

  it("an identity that was edited in the database", async () => {
    await withOwner((sql) =>
      sql(
        `UPDATE "Bundle" SET identity = identity || '{"label":"somebody else"}' WHERE "versionId" = '${pending.versionId}'`,
      ),
    );
    await expectRefusal("signature-rejected", 1, () => approve(registry.reviewer));
  });
});

/** Somebody who owns the tables and can switch their protection off. */
async function withOwner(work: (sql: (text: string) => Promise<unknown>) => Promise<unknown>) {
  const { default: pg } = await import("pg");
  const client = new pg.Client(registry.database.superuserUrl);
  await client.connect();
  await client.query("SET session_replication_role = replica");
  await work((text) => client.query(text));
  await client.end();
}

describe("what a proof leans on", () => {
  it("a retired rule cannot be approved by any more, and the page says so", async () => {
    const signer = makeSigner();
    const keyId = await insertManagedKey(registry.namespace.id, signer);
    const ruleId = await insertKeyRule(registry.namespace.id, keyId);
    const manifest = { ...sampleManifest, name: `com.acme/ruled-${serial}`, version: "1.0.0" };
    await publishVersion(registry.as(registry.publisher), await signManifest(manifest, signer));
    const { id: versionId } = await db().version.findFirstOrThrow({ where: { server: { name: manifest.name } } });
    const read = await getReview(registry.as(registry.reviewer), { versionId });
    await retireRule(registry.as(registry.admin), { id: ruleId });
    const { reviewDigest } = read;
    const ctx = registry.as(registry.reviewer);
    await expectRefusal("review-changed", 0, () =>
      approveVersion(ctx, { versionId, reviewDigest, expiresAt: expiresAt() }),
    );
    const again = await getReview(ctx, { versionId });
    expect(again.decide).toMatchObject({ allowed: false, mayReject: true });
    await expectRefusal("publisher-not-allowed", 1, () => approve(registry.reviewer, versionId));
  });

  it("a revoked key neither", async () => {
    const signer = makeSigner();
    const keyId = await insertManagedKey(registry.namespace.id, signer);
    await insertKeyRule(registry.namespace.id, keyId);
    const manifest = { ...sampleManifest, name: `com.acme/keyed-${serial}`, version: "1.0.0" };
    await publishVersion(registry.as(registry.publisher), await signManifest(manifest, signer));
    const { id: versionId } = await db().version.findFirstOrThrow({ where: { server: { name: manifest.name } } });
    registry.clock.advance(1000);
    await revokeManagedKey(registry.as(registry.admin), { id: keyId, reason: "it was stolen" });
    await expectRefusal("publisher-not-allowed", 1, () => approve(registry.reviewer, versionId));
  });
});

describe("rejecting, withdrawing, reopening", () => {
  const reject = async (actor = registry.reviewer) => {
    const { reviewDigest } = await getReview(registry.as(actor), pending);
    return rejectVersion(registry.as(actor), {
      versionId: pending.versionId,
      reviewDigest,
      reason: "Not needed here.",
    });
  };

  it("shows the uploader the reason", async () => {
    expect((await reject()).state).toBe("rejected");
    const view = await getVersion(registry.as(registry.publisher), pending);
    expect(view).toMatchObject({ state: "rejected", statusMessage: "Not needed here.", may: { reopen: false } });
    await expectRefusal("state-conflict", 0, reject);
    await expectRefusal("not-found", 0, () => getVersion(registry.as(registry.member), pending));
  });

  it("is withdrawn by its uploader or an owner alone, and only while pending", async () => {
    await expectRefusal("forbidden", 0, () => withdrawVersion(registry.as(registry.reviewer), pending));
    await expectRefusal("not-found", 0, () => withdrawVersion(registry.as(registry.member), pending));
    const token = await insertToken(registry.admin, registry.publisher, {
      scopes: ["publish", "read"],
      namespace: "com.acme",
    });
    await expectRefusal("forbidden", 0, () => withdrawVersion(registry.as(token), pending));
    const owner = { ...registry.member, owns: ["com.acme"] };
    expect((await withdrawVersion(registry.as(owner), { ...pending, reason: "Wrong build." })).state).toBe("withdrawn");
    await expectRefusal("state-conflict", 0, () => withdrawVersion(registry.as(registry.publisher), pending));
    await expectRefusal("state-conflict", 0, () => approve(registry.reviewer));
  });

  it("comes back by an administrator with a reason, and old approvals do not count", async () => {
    await requireApprovals(2);
    await approve(registry.reviewer);
    await withdrawVersion(registry.as(registry.publisher), pending);
    const input = { ...pending, reason: "The build was right." };
    await expectRefusal("forbidden", 0, () => reopenVersion(registry.as(registry.publisher), input));
    await expectRefusal("invalid-input", 0, () =>
      reopenVersion(registry.as(registry.admin), { ...pending, reason: "" }),
    );
    expect((await reopenVersion(registry.as(registry.admin), input)).state).toBe("pending");
    expect((await approve(registry.otherReviewer)).state).toBe("pending");
    expect((await approve(registry.reviewer)).state).toBe("approved");
    await requireApprovals(1);
    await expectRefusal("state-conflict", 0, () => reopenVersion(registry.as(registry.admin), input));
  });
});

describe("revoking", () => {
  it("signs the next round, for good, and latest moves back", async () => {
    await approve(registry.reviewer);
    const next = await publish(`server-${serial}`, "1.1.0");
    await approve(registry.reviewer, next.versionId);
    const view = await revokeVersion(registry.as(registry.reviewer), { ...next, reason: "It leaks keys." });
    expect(view).toMatchObject({ state: "revoked", statusMessage: "It leaks keys.", isLatest: false });
    expect(view.countersignatures.map(({ state, round }) => [state, round])).toEqual([
      ["approved", 1],
      ["revoked", 2],
    ]);
    const [first, second] = [await rowOf(), await rowOf(next.versionId)];
    expect(first.updatedAt).toEqual(second.updatedAt);
    expect(await getVersion(registry.as(registry.member), pending)).toMatchObject({ isLatest: true });
    const again = { ...next, reason: "Once more." };
    await expectRefusal("state-conflict", 0, () => revokeVersion(registry.as(registry.reviewer), again));
    await expectRefusal("state-conflict", 0, () => approve(registry.reviewer, next.versionId));
    await expectRefusal("state-conflict", 0, () => reopenVersion(registry.as(registry.admin), again));
  });

  it("needs a fresh reviewer or administrator who may see it", async () => {
    await expectRefusal("state-conflict", 0, () =>
      revokeVersion(registry.as(registry.admin), { ...pending, reason: "Not approved yet." }),
    );
    await approve(registry.reviewer);
    const input = { ...pending, reason: "It leaks keys." };
    await expectRefusal("forbidden", 0, () => revokeVersion(registry.as(registry.publisher), input));
    await expectRefusal("forbidden", 0, () => revokeVersion(registry.as(registry.member), input));
    const stale = { ...registry.reviewer, authenticatedAt: new Date(0) };
    await expectRefusal("reauthentication-required", 0, () => revokeVersion(registry.as(stale), input));
    expect((await revokeVersion(registry.as(registry.admin), input)).state).toBe("revoked");
  });
});

describe("races are settled by the database", () => {
  it("two last approvals: one countersignature", async () => {
    const results = await Promise.allSettled([approve(registry.reviewer), approve(registry.otherReviewer)]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject({ code: "state-conflict" });
    expect((await rowOf()).approvals.length).toBe(1);
  });

  it("approve against withdraw: no countersignature of a withdrawn version", async () => {
    const results = await Promise.allSettled([
      approve(registry.reviewer),
      withdrawVersion(registry.as(registry.publisher), pending),
    ]);
    expect(results.filter((result) => result.status === "fulfilled").length).toBe(1);
    const row = await rowOf();
    expect(row.approvals.length).toBe(row.state === "approved" ? 1 : 0);
  });

  it("approve against retiring the rule: never countersigned after it", async () => {
    const signer = makeSigner();
    const keyId = await insertManagedKey(registry.namespace.id, signer);
    const ruleId = await insertKeyRule(registry.namespace.id, keyId);
    const manifest = { ...sampleManifest, name: `com.acme/raced-${serial}`, version: "1.0.0" };
    await publishVersion(registry.as(registry.publisher), await signManifest(manifest, signer));
    const { id } = await db().version.findFirstOrThrow({ where: { server: { name: manifest.name } } });
    await Promise.allSettled([approve(registry.reviewer, id), retireRule(registry.as(registry.admin), { id: ruleId })]);
    const events = await db().ledgerEntry.findMany({
      where: { action: { in: ["version.countersign", "rule.retire"] } },
      orderBy: { seq: "desc" },
      take: 2,
    });
    const { state } = await rowOf(id);
    expect(events[0]?.action).toBe("rule.retire");
    expect(["approved", "pending"]).toContain(state);
    expect(await transact((tx) => tx.approval.count({ where: { versionId: id } }))).toBe(state === "approved" ? 1 : 0);
  });
});
