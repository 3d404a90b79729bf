import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/core/context.ts";
import { recordRefusal } from "#lib/ledger/index.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { addRule, prefillFromRefusal, testRules } from "#lib/publishers/index.ts";
import { signPublishStatement } from "#lib/signing/index.ts";
import { keylessSigner } from "#lib/signing/keyless/index.ts";
import { createCtx, createPerson } from "#lib/testing/actors.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { insertNamespace } from "#lib/testing/lifecycle.ts";
import { refusalOf as refusal } from "#lib/testing/refusal-code.ts";
import { openWorkshop, type Workshop, workflowClaims, workflowRule } from "#lib/testing/signing/workshop.ts";
import { seedTrustRoots } from "#lib/trust/index.ts";

let database: TestDatabase;
let workshop: Workshop;
const namespace = "com.acme";
const registryId = "https://registry.acme.example";

function at(actor: Actor) {
  const now = () => new Date(workshop.clock.now);
  return createCtx(actor, { registryId, now });
}

beforeAll(async () => {
  database = await createTestDatabase();
  workshop = await openWorkshop();
  const { trustedRootBytes: bytes, issuers } = workshop.sigstore;
  await seedTrustRoots(at({ kind: "system", name: "boot" }), { demoRoot: { bytes, issuers } });
  await insertNamespace(namespace);
});
afterAll(async () => {
  await workshop.close();
  await database.drop();
});

const fresh = (spec: object) => createPerson(spec, new Date(workshop.clock.now));

async function sign(ref: string) {
  const manifestBytes = Buffer.from(JSON.stringify(sampleManifest));
  const workflow_ref = `acme/weather/.github/workflows/release.yml@${ref}`;
  const claims = { ...workflowClaims, ref, workflow_ref, job_workflow_ref: workflow_ref };
  const identityToken = await workshop.sigstore.mintToken(claims);
  const signer = keylessSigner({ identityToken, signingConfig: workshop.sigstore.signingConfig });
  const { name, version } = sampleManifest;
  return {
    manifestBytes,
    bundleBytes: await signPublishStatement({ manifestBytes, name, version, registryId, signer }),
  };
}

describe("the tester", () => {
  it("says what each rule compares, and stores nothing", async () => {
    const owner = await fresh({ owns: [namespace] });
    const before = await testRules(at(owner), { namespace, ...(await sign("refs/tags/v1.2.0")) });
    expect(before).toMatchObject({
      verified: false,
      refusal: { code: "no-rule" },
      identity: { kind: "github-actions" },
      rules: [],
    });
    const { claims, trustRootSlug } = workflowRule;
    await addRule(at(owner), { namespace, kind: "github-actions", label: "release", trustRootSlug, claims });
    const good = await testRules(at(owner), { namespace, ...(await sign("refs/tags/v1.2.0")) });
    expect(good).toMatchObject({ verified: true, refusal: null, rules: [{ matches: true }] });
    const bad = await testRules(at(owner), { namespace, ...(await sign("refs/heads/main")) });
    expect(bad).toMatchObject({ verified: false, refusal: { code: "rule-mismatch" }, rules: [{ matches: false }] });
    const failed = bad.rules[0]?.checks.filter((check) => !check.ok).map((check) => check.claim);
    expect(failed).toEqual(["ref"]);
    const upload = await sign("refs/tags/v1.2.0");
    // Not refused, and yet held to the same: no row may change.
    expect(await refusal(() => testRules(at(owner), { namespace, ...upload }))).toBe("allowed");
  });

  it("explains nothing of a signature that does not verify", async () => {
    const owner = await fresh({ owns: [namespace] });
    const { manifestBytes, bundleBytes } = await sign("refs/tags/v1.2.0");
    const other = Buffer.from(JSON.stringify({ ...sampleManifest, description: "Other" }));
    const view = await testRules(at(owner), { namespace, manifestBytes: other, bundleBytes });
    expect(view).toMatchObject({ verified: false, refusal: { code: expect.any(String) } });
    expect(view.rules.every((rule) => !rule.matches || view.identity !== null)).toBe(true);
    const broken = await testRules(at(owner), { namespace, manifestBytes, bundleBytes: Buffer.from("{}") });
    expect(broken).toMatchObject({ verified: false, identity: null });
    expect(broken.rules.every(({ matches, checks }) => !matches && checks.length === 0)).toBe(true);
  });

  it("is for owners and admins, bounded, and needs a valid manifest", async () => {
    const owner = await fresh({ owns: [namespace] });
    const upload = await sign("refs/tags/v1.2.0");
    const run = (actor: Actor, fields: object) => () => testRules(at(actor), { namespace, ...upload, ...fields });
    expect(await refusal(run(await fresh({}), {}))).toBe("forbidden");
    expect(await refusal(run(owner, { bundleBytes: Buffer.alloc(128 * 1024 + 1) }))).toBe("payload-too-large");
    expect(await refusal(run(owner, { manifestBytes: Buffer.from("{}") }))).toBe("manifest-invalid");
    expect(await refusal(run(owner, { bundleBytes: "text" }))).toBe("invalid-input");
  });
});

describe("prefilling a rule from a refusal", () => {
  const identity = {
    kind: "github-actions",
    issuer: workflowRule.claims.issuer,
    repository: "https://github.com/acme/weather",
    repositoryId: "101",
    ownerId: "202",
    workflow: ".github/workflows/release.yml",
    ref: "refs/tags/v1.2.0",
    trigger: "push",
    runnerEnvironment: "github-hosted",
    deploymentEnvironment: null,
    sha: null,
    subjectAlternativeName: "",
    runUrl: null,
  };

  async function refuse(details: Record<string, unknown>): Promise<number> {
    const ctx = { ...at({ kind: "anonymous" }), address: `2001:db8:${randomUUID().slice(0, 4)}::1` };
    const entry = await recordRefusal(ctx, { kind: "publish", namespace, subject: "com.acme/weather@1.2.0", details });
    return entry?.seq ?? 0;
  }

  it("takes the verified identity, as narrow as it was", async () => {
    const seq = await refuse({ identity, trustRootSlug: "demo" });
    const view = await prefillFromRefusal(at(await fresh({ grants: [["admin", "*"]] })), { seq });
    expect(view).toMatchObject({
      namespace,
      trustRootSlug: "demo",
      claims: { refPattern: "refs/tags/v1.2.0", triggers: ["push"] },
    });
  });

  it("refuses what was never verified, triggers that are never allowed, and those who are no admins", async () => {
    const admin = await fresh({ grants: [["admin", "*"]] });
    const unverified = await refuse({ identity: null, trustRootSlug: null });
    expect(await refusal(() => prefillFromRefusal(at(admin), { seq: unverified }))).toBe("state-conflict");
    const forbidden = await refuse({
      identity: { ...identity, trigger: "pull_request_target" },
      trustRootSlug: "demo",
    });
    expect(await refusal(() => prefillFromRefusal(at(admin), { seq: forbidden }))).toBe("state-conflict");
    const seq = await refuse({ identity, trustRootSlug: "demo" });
    expect(await refusal(() => prefillFromRefusal(at(admin), { seq: 999_999 }))).toBe("not-found");
    for (const spec of [{ grants: [["auditor", "*"]] }, { owns: [namespace] }]) {
      const person = await fresh(spec);
      expect(await refusal(() => prefillFromRefusal(at(person), { seq }))).toBe("forbidden");
    }
  });
});
