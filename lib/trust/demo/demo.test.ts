import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { verifyUpload } from "#lib/signing/index.ts";
import { KeylessSigningFailed, keylessSigner } from "#lib/signing/keyless/index.ts";
import { signPublishStatement } from "#lib/signing/sign-publish.ts";
import { name, openWorkshop, registryId, toManifest, version, workflowClaims } from "#lib/testing/signing/workshop.ts";
import {
  type DemoSigstore,
  demoIssuer,
  mintDemoToken,
  openDemoTrustRoot,
  startDemoSigstore,
} from "#lib/trust/demo/index.ts";
import { lintTrustedRoot } from "#lib/trust/lint.ts";

let dir: string;
const running: DemoSigstore[] = [];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "cs-demo-"));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((demo) => demo.close()));
  rmSync(dir, { recursive: true, force: true });
});

async function start(options: { now?: () => Date } = {}): Promise<DemoSigstore> {
  const demo = await startDemoSigstore({ dir, ...options });
  running.push(demo);
  return demo;
}

async function sign(demo: DemoSigstore, identityToken: string): Promise<Buffer> {
  const signer = keylessSigner({ identityToken, signingConfig: demo.signingConfig });
  return signPublishStatement({ manifestBytes: toManifest(), name, version, registryId, signer });
}

test("the same folder gives the same trust root, and a log that goes on", async () => {
  const first = await start();
  const one = JSON.parse((await sign(first, await first.mintToken(workflowClaims))).toString());
  await first.close();
  const second = await start();
  expect(second.trustedRootBytes).toEqual(first.trustedRootBytes);
  expect(await openDemoTrustRoot(dir)).toEqual(first.trustedRootBytes);
  expect(lintTrustedRoot(first.trustedRootBytes)).toEqual([]);
  const two = JSON.parse((await sign(second, await mintDemoToken(dir, workflowClaims))).toString());
  const sizeOf = (bundle: typeof one) => bundle.verificationMaterial.tlogEntries[0].inclusionProof.treeSize;
  expect([sizeOf(one), sizeOf(two)]).toEqual(["1", "2"]);
});

test("nine logged signatures of a growing tree all verify", async () => {
  const workshop = await openWorkshop();
  const { sigstore } = workshop;
  for (let n = 0; n < 9; n++) {
    const bundle = await sign(sigstore, await sigstore.mintToken(workflowClaims));
    expect(verifyUpload(workshop.toInput(bundle))).toMatchObject({ ok: true });
  }
  await workshop.close();
});

test("every file is its owner's alone", async () => {
  await start();
  const files = readdirSync(dir);
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) expect(statSync(path.join(dir, file)).mode & 0o077).toBe(0);
});

test.each([
  ["an issuer of another's", { issuer: "https://token.actions.githubusercontent.com" }],
  ["an audience of another's", { audience: "sigstore" }],
])("a token with %s gets no certificate", async (_what, options) => {
  const demo = await start();
  const identityToken = await mintDemoToken(dir, workflowClaims, options);
  const body = JSON.stringify({ credentials: { oidcIdentityToken: identityToken }, publicKeyRequest: {} });
  const response = await fetch(`${demo.url}/api/v2/signingCert`, { method: "POST", body });
  expect(response.status).toBe(400);
});

test("an expired token gets no certificate", async () => {
  const demo = await start();
  const identityToken = await mintDemoToken(dir, workflowClaims, { now: new Date(Date.now() - 3_600_000) });
  await expect(sign(demo, identityToken)).rejects.toBeInstanceOf(KeylessSigningFailed);
});

test("no address mints tokens or tells keys", async () => {
  const demo = await start();
  for (const address of [
    "/",
    "/token",
    "/jwks",
    "/identity-provider.pem",
    "/trusted_root.json",
    "/../certificate-authority.pem",
  ]) {
    for (const method of ["GET", "POST"]) {
      const response = await fetch(demo.url + address, { method });
      expect(response.status).toBe(400);
      expect(await response.text()).not.toMatch(/PRIVATE|eyJ/);
    }
  }
  expect(demo.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  expect(demo.issuers).toEqual([demoIssuer]);
});
