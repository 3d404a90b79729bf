import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  approveVersion,
  readKeySet,
  recordExpiries,
  recordRegistryKeys,
  revokeVersion,
  rotateRegistryKey,
} from "#lib/approval/index.ts";
import { db } from "#lib/db/client.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { getReview } from "#lib/reviews/index.ts";
import { verifyApproval, verifyOffline } from "#lib/signing/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { expectRefusal } from "#lib/testing/refusal.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";
import { getVersion, publishVersion } from "#lib/versions/index.ts";

let registry: TestRegistry;
const dayMs = 86_400_000;

beforeAll(async () => {
  registry = await createTestRegistry();
});
afterAll(() => registry.close());

/** Publishes and approves for so many days, by people who have just signed in. */
async function approve(version: string, days: number) {
  const authenticatedAt = registry.clock.now();
  const upload = await registry.sign({ ...sampleManifest, version });
  const { name } = await publishVersion(registry.as(registry.publisher), upload);
  const ctx = registry.as({ ...registry.reviewer, authenticatedAt });
  const { id: versionId } = await db().version.findFirstOrThrow({ where: { version, server: { name } } });
  const { reviewDigest } = await getReview(ctx, { versionId });
  const expiresAt = new Date(authenticatedAt.getTime() + days * dayMs).toISOString();
  await approveVersion(ctx, { versionId, reviewDigest, expiresAt });
  return { name, version };
}

const rowOf = (version: string) =>
  db().version.findFirstOrThrow({ where: { version }, include: { approvals: true, bundles: true } });

describe("expiry", () => {
  it("shows at once by the clock, and gets into the ledger once, moving latest back", async () => {
    const long = await approve("1.0.0", 60);
    const short = await approve("2.0.0", 10);
    registry.clock.advance(10 * dayMs - 1);
    expect(await recordExpiries(registry.system)).toBe(0);
    registry.clock.advance(1);
    const member = registry.as(registry.member);
    expect(await getVersion(member, short)).toMatchObject({ state: "expired", isLatest: false });
    expect(await getVersion(member, long)).toMatchObject({ state: "approved", isLatest: true });
    expect((await Promise.all([recordExpiries(registry.system), recordExpiries(registry.system)])).sort()).toEqual([
      0, 1,
    ]);
    const event = await db().ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ action: "version.expire", serverName: long.name, subject: `${long.name}@2.0.0` });
    for (const version of ["1.0.0", "2.0.0"]) expect((await rowOf(version)).updatedAt).toEqual(event.at);
    expect(await rowOf("2.0.0")).toMatchObject({ state: "approved", expiredRound: 1 });
    const before = await readTableContents();
    expect(await recordExpiries(registry.system)).toBe(0);
    expect(await readTableContents()).toEqual(before);
  });

  it("does not keep an expired version from being revoked", async () => {
    const reviewer = { ...registry.reviewer, authenticatedAt: registry.clock.now() };
    const input = { name: sampleManifest.name, version: "2.0.0", reason: "It leaks keys." };
    expect((await revokeVersion(registry.as(reviewer), input)).state).toBe("revoked");
    expect(await recordExpiries(registry.system)).toBe(0);
  });

  it("that a revocation overtakes still moves the version that becomes latest", async () => {
    const { name, version } = await approve("2.5.0", 5);
    registry.clock.advance(5 * dayMs);
    const reviewer = { ...registry.reviewer, authenticatedAt: registry.clock.now() };
    await revokeVersion(registry.as(reviewer), { name, version, reason: "It leaks keys." });
    const event = await db().ledgerEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event.action).toBe("version.revoke");
    for (const each of ["1.0.0", version]) expect((await rowOf(each)).updatedAt).toEqual(event.at);
  });

  it("is recorded by our own processes alone", async () => {
    await expectRefusal("forbidden", 0, () => recordExpiries(registry.as(registry.admin)));
  });
});

describe("registry keys", () => {
  it("are put on the record once", async () => {
    const keySet = await readKeySet(registry.keyDir, testRegistryId);
    await recordRegistryKeys(registry.system, keySet);
    await recordRegistryKeys(registry.system, keySet);
    expect(await db().registryKey.count()).toBe(1);
    expect(await db().ledgerEntry.count({ where: { action: "registry-key.create" } })).toBe(1);
  });

  it("rotate: what the old key signed stays valid, what comes is signed by the new one", async () => {
    const old = await rowOf("1.0.0");
    const keySet = await rotateRegistryKey(registry.system);
    expect(await db().registryKey.findMany({ orderBy: { notBefore: "asc" } })).toMatchObject([
      { keyId: keySet.keys[0]?.keyId, notAfter: new Date(keySet.keys[1]?.notBefore ?? 0), rotation: null },
      { keyId: keySet.keys[1]?.keyId, notAfter: null },
    ]);
    expect(await db().ledgerEntry.count({ where: { action: "registry-key.rotate" } })).toBe(1);
    await approve("3.0.0", 30);
    const signers = await Promise.all(
      [old, await rowOf("3.0.0")].map(async (row) => {
        const bundleBytes = row.approvals[0]?.bundle ?? new Uint8Array();
        const verdict = verifyApproval({ bundleBytes, keySet, registryId: testRegistryId });
        return verdict.ok ? verdict.approval.keyId : verdict.code;
      }),
    );
    expect(signers).toEqual(keySet.keys.map((key) => key.keyId));
  });

  it("rotate on the host alone", async () => {
    await expectRefusal("forbidden", 0, () => rotateRegistryKey(registry.as(registry.admin)));
  });
});

it("what was approved verifies offline, from the stored bytes alone", async () => {
  registry.clock.advance(1000); // the ledger is milliseconds ahead of a clock that stands still
  const row = await rowOf("3.0.0");
  const verdict = verifyOffline({
    manifestBytes: row.manifest,
    bundleBytes: row.bundles[0]?.bytes ?? new Uint8Array(),
    approvalBytes: row.approvals[0]?.bundle ?? new Uint8Array(),
    trustRootBytes: row.bundles[0]?.trustRootBytes ?? new Uint8Array(),
    keySet: await readKeySet(registry.keyDir, testRegistryId),
    registryId: testRegistryId,
    at: registry.clock.now().getTime(),
  });
  expect(verdict.steps.filter((step) => !step.ok)).toEqual([]);
  expect(verdict.ok).toBe(true);
});
