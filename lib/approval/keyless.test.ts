import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approveVersion, readKeySet } from "#lib/approval/index.ts";
import { db } from "#lib/db/client.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { addRule, prefillFromRefusal, retireRule } from "#lib/publishers/index.ts";
import { getReview } from "#lib/reviews/index.ts";
import { type GitHubActionsClaims, signPublishStatement, verifyOffline } from "#lib/signing/index.ts";
import { keylessSigner } from "#lib/signing/keyless/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { expectRefusal } from "#lib/testing/refusal.ts";
import { type DemoSigstore, startDemoSigstore } from "#lib/trust/demo/index.ts";
import { seedTrustRoots } from "#lib/trust/index.ts";
import { publishVersion } from "#lib/versions/index.ts";

// A workflow signs without any key, and its identity decides: through the same verbs as a managed key.

let registry: TestRegistry;
let sigstore: DemoSigstore;
let dir: string;
let rule: { id: string };

beforeAll(async () => {
  registry = await createTestRegistry();
  dir = mkdtempSync(path.join(tmpdir(), "cs-sigstore-"));
  sigstore = await startDemoSigstore({ dir, now: () => registry.clock.now() });
  const { trustedRootBytes: bytes, issuers } = sigstore;
  await seedTrustRoots(registry.system, { demoRoot: { bytes, issuers } });
});
afterAll(async () => {
  await sigstore.close();
  rmSync(dir, { recursive: true, force: true });
  await registry.close();
});

async function signAs(manifest: { name: string; version: string }, ref: string) {
  const workflow = "acme/weather/.github/workflows/release.yml";
  const identityToken = await sigstore.mintToken({
    repository: "acme/weather",
    repository_id: "101",
    repository_owner_id: "202",
    ref,
    sha: "a".repeat(40),
    event_name: "push",
    workflow_ref: `${workflow}@${ref}`,
    job_workflow_ref: `${workflow}@${ref}`,
    runner_environment: "github-hosted",
    run_id: "303",
  });
  const signer = keylessSigner({ identityToken, signingConfig: sigstore.signingConfig });
  const manifestBytes = Buffer.from(JSON.stringify(manifest));
  const { name, version } = manifest;
  return {
    manifestBytes,
    bundleBytes: await signPublishStatement({ manifestBytes, name, version, registryId: testRegistryId, signer }),
  };
}

const approve = async (version: string) => {
  const ctx = registry.as(registry.reviewer);
  const { id: versionId } = await db().version.findFirstOrThrow({ where: { version } });
  const { reviewDigest, expiry } = await getReview(ctx, { versionId });
  return approveVersion(ctx, { versionId, reviewDigest, expiresAt: expiry.suggested });
};

it("is refused without a rule, and its verified identity makes one", async () => {
  const upload = await signAs({ ...sampleManifest, version: "1.0.0" }, "refs/tags/v1.0.0");
  const refused = await expectRefusal("publisher-not-allowed", 1, () =>
    publishVersion(registry.as(registry.publisher), upload),
  );
  expect(refused.extensions).toMatchObject({
    check: "rule",
    trustRootSlug: "demo",
    identity: { kind: "github-actions", repository: "https://github.com/acme/weather", repositoryId: "101" },
  });
  const admin = registry.as(registry.admin);
  const prefill = await prefillFromRefusal(admin, { seq: refused.extensions.refusalSeq });
  const claims: GitHubActionsClaims = { ...prefill.claims, refPattern: "refs/tags/v*" };
  const { namespace, trustRootSlug } = prefill;
  await addRule(admin, { namespace, kind: "github-actions", label: "release", trustRootSlug, claims });
  rule = await db().publisherRule.findFirstOrThrow({ where: { kind: "github_actions", state: "active" } });
});

it("is published, countersigned, and verifies offline with the identity named", async () => {
  const upload = await signAs({ ...sampleManifest, version: "1.0.0" }, "refs/tags/v1.0.0");
  expect(await publishVersion(registry.as(registry.publisher), upload)).toMatchObject({ created: true });
  const view = await approve("1.0.0");
  expect(view).toMatchObject({
    state: "approved",
    record: { signatures: [{ trustRoot: { slug: "demo", demo: true } }] },
  });
  registry.clock.advance(1000);
  const row = await db().version.findFirstOrThrow({ include: { bundles: true, approvals: true } });
  const verdict = verifyOffline({
    ...upload,
    approvalBytes: row.approvals[0]?.bundle ?? new Uint8Array(),
    trustRootBytes: row.bundles[0]?.trustRootBytes ?? new Uint8Array(),
    keySet: await readKeySet(registry.keyDir, testRegistryId),
    registryId: testRegistryId,
    at: registry.clock.now().getTime(),
  });
  expect(verdict.steps.filter((step) => !step.ok)).toEqual([]);
  expect(verdict).toMatchObject({ ok: true, identity: { kind: "github-actions", ref: "refs/tags/v1.0.0" } });
});

it("is refused from another ref than the rule allows", async () => {
  const upload = await signAs({ ...sampleManifest, version: "1.1.0" }, "refs/heads/main");
  await expectRefusal("publisher-not-allowed", 1, () => publishVersion(registry.as(registry.publisher), upload));
});

it("waits for review while its trust root is replaced: approved by the new one, not after its retirement", async () => {
  for (const version of ["1.2.0", "1.3.0"]) {
    const upload = await signAs({ ...sampleManifest, version }, `refs/tags/v${version}`);
    await publishVersion(registry.as(registry.publisher), upload);
  }
  const { id, version, ...root } = await db().trustRoot.findFirstOrThrow({ where: { slug: "demo", retiredAt: null } });
  await db().trustRoot.update({ where: { id }, data: { retiredAt: registry.clock.now() } });
  const thresholds = root.thresholds as object;
  const next = await db().trustRoot.create({ data: { ...root, thresholds, id: randomUUID(), version: version + 1 } });
  expect((await approve("1.2.0")).state).toBe("approved");
  await db().trustRoot.update({ where: { id: next.id }, data: { retiredAt: registry.clock.now() } });
  await expectRefusal("signature-rejected", 1, () => approve("1.3.0"));
  await db().trustRoot.update({ where: { id: next.id }, data: { retiredAt: null } });
});

it("is approved under another active rule when the one that let it in was replaced", async () => {
  const admin = registry.as(registry.admin);
  await retireRule(admin, { id: rule.id });
  await expectRefusal("publisher-not-allowed", 1, () => approve("1.3.0"));
  const row = await db().publisherRule.findUniqueOrThrow({ where: { id: rule.id } });
  const { claims, ...facts } = row;
  const dates = { state: "active" as const, retiredAt: null };
  const renewed = await db().publisherRule.create({
    data: { ...facts, ...dates, claims: claims as object, id: randomUUID() },
  });
  const view = await approve("1.3.0");
  expect(view).toMatchObject({ state: "approved", record: { signatures: [{ rule: { id: renewed.id } }] } });
});
