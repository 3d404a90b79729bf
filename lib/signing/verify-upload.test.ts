import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keylessSigner } from "#lib/signing/keyless/index.ts";
import { decodeManagedKeys } from "#lib/signing/managed-keys-document.ts";
import { managedKeySigner, signPublishStatement } from "#lib/signing/sign-publish.ts";
import { verifyUpload } from "#lib/signing/verify-upload.ts";
import {
  librarySigner,
  makeMessageBundle,
  makeStatementBundle,
  toBytes,
  toStatement,
} from "#lib/testing/signing/bundles.ts";
import {
  name,
  openWorkshop,
  registryId,
  signingTime,
  toKeyRule,
  toManagedKey,
  toManifest,
  version,
  type Workshop,
  workflowClaims,
  workflowRule,
} from "#lib/testing/signing/workshop.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

const publish = { manifestBytes: toManifest(), name, version, registryId };

describe("an upload that may be taken", () => {
  test("signed with a managed key, without a time", async () => {
    const bundle = await signPublishStatement({ ...publish, signer: workshop.keySigner });
    expect(verifyUpload(workshop.toInput(bundle))).toMatchObject({
      ok: true,
      upload: {
        kind: "dsse",
        identity: { kind: "key", keyId: "key-1", label: "Acme release key", algorithm: "ecdsa-p256-sha256" },
        signedAt: null,
        managedKeyId: "key-1",
        ruleId: "rule-key",
        trustRoot: { slug: "managed-key", version: 1, demo: false },
        logEntry: null,
      },
    });
  });

  test("signed by a workflow through token, certificate, log and timestamp", async () => {
    const identityToken = await workshop.sigstore.mintToken(workflowClaims);
    const signer = keylessSigner({ identityToken, signingConfig: workshop.sigstore.signingConfig });
    const bundle = await signPublishStatement({ ...publish, signer });
    const verdict = verifyUpload(workshop.toInput(bundle));
    expect(verdict).toMatchObject({
      ok: true,
      upload: {
        identity: {
          kind: "github-actions",
          repository: "https://github.com/acme/weather",
          repositoryId: "101",
          ownerId: "202",
          workflow: ".github/workflows/release.yml",
          ref: "refs/tags/v1.2.0",
          trigger: "push",
        },
        signedAt: signingTime,
        ruleId: "rule-workflow",
        trustRoot: { slug: "demo", demo: true },
        logEntry: { integratedTime: "2026-03-01T12:00:00.000Z" },
      },
    });
    if (verdict.ok) expect(verdict.upload.checks.map((check) => check.id)).toEqual(allChecks);
  });

  test.each(["log", "log+time", "log2+time"] as const)("with witness %s", async (witness) => {
    const bundle = await makeStatementBundle(workshop, { witness });
    expect(verifyUpload(workshop.toInput(toBytes(bundle)))).toMatchObject({
      ok: true,
      upload: { signedAt: signingTime },
    });
  });

  test("with a timestamp alone, where the trust root asks for no log", async () => {
    const bundle = await makeStatementBundle(workshop, { witness: "time" });
    const root = { ...workshop.demoRoot, thresholds: { tlog: 0, ctlog: 0, timestamp: 0 } };
    expect(verifyUpload(workshop.toInput(toBytes(bundle), { trustRoots: [root] }))).toMatchObject({ ok: true });
    expect(verifyUpload(workshop.toInput(toBytes(bundle)))).toMatchObject({ ok: false, code: "log-entry-invalid" });
  });

  test("a bare signature as cosign sign-blob makes it, where the rule takes it", async () => {
    const bundle = toBytes(await makeMessageBundle(workshop));
    const rules = [{ ...workflowRule, allowMessageSignatures: true }];
    expect(verifyUpload(workshop.toInput(bundle, { rules }))).toMatchObject({ ok: true, upload: { kind: "message" } });
    expect(verifyUpload(workshop.toInput(bundle))).toMatchObject({ ok: false, code: "message-signature-not-allowed" });
  });

  test("a managed key's signature with a time keeps the trust root that vouches for the time", async () => {
    const signer = librarySigner(workshop.keyPem);
    const bundle = toBytes(await makeStatementBundle(workshop, { signer, witness: "log+time" }));
    const verdict = verifyUpload(workshop.toInput(bundle));
    expect(verdict).toMatchObject({ ok: true, upload: { signedAt: signingTime, trustRoot: { slug: "managed-key" } } });
    if (!verdict.ok) return;
    const { keys, witnessRoot } = decodeManagedKeys(verdict.upload.trustRoot.bytes);
    expect(keys).toEqual([toManagedKey(workshop.keySigner)]);
    expect(Buffer.from(witnessRoot ?? [])).toEqual(workshop.demoRoot.bytes);
  });

  test("a bare signature of a managed key", async () => {
    const signer = librarySigner(workshop.keyPem);
    const bundle = toBytes(await makeMessageBundle(workshop, { signer, witness: "none" }));
    const rules = [toKeyRule({ allowMessageSignatures: true })];
    expect(verifyUpload(workshop.toInput(bundle, { rules }))).toMatchObject({ ok: true, upload: { kind: "message" } });
  });

  test("an RSA key of 3072 bits", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 3072 });
    const signer = managedKeySigner(privateKey.export({ type: "pkcs8", format: "pem" }).toString());
    const bundle = await signPublishStatement({ ...publish, signer });
    expect(verifyUpload(workshop.toInput(bundle, { managedKeys: [toManagedKey(signer)] }))).toMatchObject({
      ok: true,
      upload: { identity: { algorithm: "rsa-sha256" } },
    });
  });

  test("a statement v0.1 with another subject name and no key id, as cosign attest-blob writes it", async () => {
    const statement = toStatement(toManifest(), { _type: "https://in-toto.io/Statement/v0.1" });
    const bundle = await makeStatementBundle(workshop, {
      statement: { ...statement, subject: [{ ...(statement.subject as object[])[0], name: "./server.json" }] },
      signer: librarySigner(workshop.keyPem),
      witness: "none",
    });
    delete bundle.dsseEnvelope.signatures[0].keyid;
    expect(verifyUpload(workshop.toInput(toBytes(bundle)))).toMatchObject({ ok: true });
  });
});

const allChecks = ["bundle", "signature", "certificate", "log", "time", "statement", "name", "rule"];
