import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sha256Hex } from "#lib/core/digest.ts";
import type { GitHubActionsRule, KeyRule } from "#lib/signing/rule.ts";
import { type ManagedKeySigner, managedKeySigner } from "#lib/signing/sign-publish.ts";
import type { ManagedKeyInput, TrustRootInput, UploadInput } from "#lib/signing/upload.ts";
import { type DemoWorkflowClaims, demoIssuer, startDemoSigstore } from "#lib/trust/demo/index.ts";

export const registryId = "https://registry.acme.example";
export const name = "io.github.acme/weather";
export const version = "1.2.0";
/** The workshop's clock: signatures are made then unless a test moves it. */
export const signingTime = Date.parse("2026-03-01T12:00:00Z");
const keyStart = Date.parse("2026-01-01T00:00:00Z");

export const workflowClaims: DemoWorkflowClaims = {
  repository: "acme/weather",
  repository_id: "101",
  repository_owner_id: "202",
  ref: "refs/tags/v1.2.0",
  sha: "0123456789abcdef0123456789abcdef01234567",
  event_name: "push",
  workflow_ref: "acme/weather/.github/workflows/release.yml@refs/tags/v1.2.0",
  job_workflow_ref: "acme/weather/.github/workflows/release.yml@refs/tags/v1.2.0",
  runner_environment: "github-hosted",
  run_id: "303",
};

export const workflowRule: GitHubActionsRule = {
  id: "rule-workflow",
  kind: "github-actions",
  label: "Release workflow",
  trustRootSlug: "demo",
  allowMessageSignatures: false,
  claims: {
    issuer: demoIssuer,
    repository: "https://github.com/acme/weather",
    repositoryId: "101",
    ownerId: "202",
    workflow: ".github/workflows/release.yml",
    refPattern: "refs/tags/v*",
    triggers: ["push", "release"],
    runnerEnvironment: null,
    deploymentEnvironment: null,
  },
};

export function toManifest(fields: object = {}): Buffer {
  return Buffer.from(JSON.stringify({ name, version, description: "Weather for agents", ...fields }, null, 2));
}

export function makePrivateKeyPem(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

export function toManagedKey(
  signer: Pick<ManagedKeySigner, "hint" | "spkiPem" | "algorithm">,
  changes: Partial<ManagedKeyInput> = {},
): ManagedKeyInput {
  const { hint, spkiPem, algorithm } = signer;
  const dates = { notBefore: keyStart, notAfter: null, revokedAt: null };
  return { id: "key-1", label: "Acme release key", hint, spkiPem, algorithm, ...dates, ...changes };
}

export function toKeyRule(changes: Partial<KeyRule> = {}): KeyRule {
  return {
    id: "rule-key",
    kind: "key",
    label: "Acme key",
    managedKeyId: "key-1",
    allowMessageSignatures: false,
    ...changes,
  };
}

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>;

/** A demo Sigstore with a movable clock, one managed key, and inputs that verify until a test changes them. */
export async function openWorkshop() {
  const dir = mkdtempSync(path.join(tmpdir(), "cs-signing-"));
  const clock = { now: signingTime };
  const sigstore = await startDemoSigstore({
    dir,
    now: () => new Date(clock.now),
    extraIssuers: ["https://token.actions.githubusercontent.com"],
  });
  const keyPem = makePrivateKeyPem();
  const keySigner = managedKeySigner(keyPem);
  const demoRoot: TrustRootInput = {
    slug: "demo",
    label: "Demo trust root",
    version: 1,
    sha256: sha256Hex(sigstore.trustedRootBytes),
    demo: true,
    bytes: sigstore.trustedRootBytes,
    issuers: sigstore.issuers,
    thresholds: { tlog: 1, ctlog: 1, timestamp: 1 },
  };
  const toInput = (bundleBytes: Uint8Array, changes: Partial<UploadInput> = {}): UploadInput => ({
    manifestBytes: toManifest(),
    bundleBytes,
    name,
    version,
    registryId,
    now: signingTime + 60_000,
    trustRoots: [demoRoot],
    managedKeys: [toManagedKey(keySigner)],
    rules: [workflowRule, toKeyRule()],
    ...changes,
  });
  const close = async () => {
    await sigstore.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { dir, clock, sigstore, keyPem, keySigner, demoRoot, toInput, close };
}
