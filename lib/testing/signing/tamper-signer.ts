import { generateKeyPairSync, type KeyObject } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { sha256Hex } from "#lib/core/digest.ts";
import type { SignatureRefusal } from "#lib/signing/refusal.ts";
import {
  type CertificateChoice,
  librarySigner,
  makeMessageBundle,
  makeStatementBundle,
} from "#lib/testing/signing/bundles.ts";
import { edit, judge, sign, type TamperRow } from "#lib/testing/signing/tamper.ts";
import {
  makePrivateKeyPem,
  signingTime,
  toKeyRule,
  toManagedKey,
  workflowClaims,
  workflowRule,
} from "#lib/testing/signing/workshop.ts";
import { utf8 } from "#lib/trust/demo/der.ts";

const { codeSigning, serverAuth } = x509.ExtendedKeyUsage;
const oidKeyUsage = "2.5.29.15";
const oidName = "2.5.29.17";
const oidUsage = "2.5.29.37";

const replace =
  (oid: string, ...by: x509.Extension[]) =>
  (extensions: x509.Extension[]) => [...extensions.filter((extension) => extension.type !== oid), ...by];
const names = (...list: x509.JsonGeneralNames) =>
  replace(oidName, new x509.SubjectAlternativeNameExtension(list, true));
const claim = (number: number, value: string) => ({
  change: ({ name, extensions }: Parameters<NonNullable<CertificateChoice["change"]>>[0]) => ({
    name,
    extensions: new Map(extensions).set(number, value),
  }),
});
const without = (number: number): CertificateChoice => ({
  reshape: replace(`1.3.6.1.4.1.57264.1.${number}`),
});

function certificate(change: string, code: SignatureRefusal, choice: CertificateChoice): TamperRow {
  return sign(`certificate ${change}`, code, (workshop) => makeStatementBundle(workshop, { certificate: choice }));
}

const uri = { type: "url", value: "https://github.com/acme/weather" } as const;
const email = { type: "email", value: "ann@acme.example" } as const;

/** Certificates the authority issued and its log promised, and that still must not publish. */
export const certificateRows: TamperRow[] = [
  certificate("for TLS servers", "certificate-usage", {
    reshape: replace(oidUsage, new x509.ExtendedKeyUsageExtension([serverAuth])),
  }),
  certificate("without extended key usage", "certificate-usage", { reshape: replace(oidUsage) }),
  certificate("of an authority", "certificate-ca", {
    reshape: (all) => [...all, new x509.BasicConstraintsExtension(true, 0, true)],
  }),
  certificate("that may sign certificates", "certificate-ca", {
    reshape: replace(oidKeyUsage, new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)),
  }),
  certificate("with two names", "certificate-san", { reshape: names(uri, email) }),
  certificate("with a DNS name", "certificate-san", { reshape: names({ type: "dns", value: "acme.example" }) }),
  certificate("without a name", "certificate-san", { reshape: replace(oidName) }),
  certificate("with an unknown critical extension", "certificate-extension", {
    reshape: (all) => [...all, new x509.Extension("1.2.3.4", true, Uint8Array.from(utf8("x")))],
  }),
  certificate("with a repeated extension", "certificate-extension", {
    reshape: (all) => [...all, new x509.ExtendedKeyUsageExtension([codeSigning])],
  }),
  certificate("without issuer", "certificate-claims", without(8)),
  certificate("with two issuers", "certificate-claims", {
    reshape: (all) => [
      ...all,
      new x509.Extension("1.3.6.1.4.1.57264.1.1", false, Buffer.from("https://other.example")),
    ],
  }),
  certificate("without repository id", "certificate-claims", without(15)),
  certificate("without owner id", "certificate-claims", without(17)),
  certificate("without trigger", "certificate-claims", without(20)),
  certificate("with a claim that is no text", "certificate-claims", {
    reshape: replace(
      "1.3.6.1.4.1.57264.1.12",
      new x509.Extension("1.3.6.1.4.1.57264.1.12", false, Uint8Array.of(2, 1, 1)),
    ),
  }),
  certificate("with a claim that hides a control character", "certificate-claims", claim(14, "refs/tags/v1\u202e")),
  certificate(
    "whose workflow is another repository's",
    "certificate-claims",
    claim(18, "https://github.com/evil/x/.github/workflows/release.yml@refs/tags/v1.2.0"),
  ),
  certificate(
    "whose workflow ran on another ref",
    "certificate-claims",
    claim(18, "https://github.com/acme/weather/.github/workflows/release.yml@refs/heads/x"),
  ),
  certificate("by an issuer the root may not speak for", "issuer-not-allowed", {
    issuer: "https://token.actions.githubusercontent.com",
  }),
  certificate("by a look-alike issuer", "issuer-not-allowed", {
    issuer: "https://demo-issuer.countersign.invalid/hammer-time",
  }),
];

const with_ = (change: Partial<typeof workflowClaims>): CertificateChoice => ({
  claims: { ...workflowClaims, ...change },
});
const workflowAt = (repository: string, file: string, ref: string) => ({
  repository,
  ref,
  workflow_ref: `${repository}/.github/workflows/${file}@${ref}`,
});
const tag = workflowClaims.ref;

/** Verified identities that no rule allows. */
export const ruleRows: TamperRow[] = [
  certificate("of a re-created repository", "rule-mismatch", with_({ repository_id: "999" })),
  certificate("of a re-created owner", "rule-mismatch", with_({ repository_owner_id: "999" })),
  certificate(
    "of another repository through a shared workflow",
    "rule-mismatch",
    with_(workflowAt("evil/weather", "release.yml", tag)),
  ),
  certificate("of another workflow", "rule-mismatch", with_(workflowAt("acme/weather", "test.yml", tag))),
  certificate("of a branch", "rule-mismatch", with_(workflowAt("acme/weather", "release.yml", "refs/heads/main"))),
  certificate(
    "of a tag with one more segment",
    "rule-mismatch",
    with_(workflowAt("acme/weather", "release.yml", "refs/tags/v1/x")),
  ),
  certificate("of pull_request_target", "rule-mismatch", with_({ event_name: "pull_request_target" })),
  certificate("of an e-mail address", "rule-mismatch", { claims: { email: "ann@acme.example" } }),
  judge("rule for the same identity from another trust root", "statement", "rule-mismatch", () => ({
    rules: [{ ...workflowRule, trustRootSlug: "public-good" }],
  })),
  judge("rule that asks for a deployment environment", "statement", "rule-mismatch", () => ({
    rules: [{ ...workflowRule, claims: { ...workflowRule.claims, deploymentEnvironment: "release" } }],
  })),
  judge("rule that asks for another runner", "statement", "rule-mismatch", () => ({
    rules: [{ ...workflowRule, claims: { ...workflowRule.claims, runnerEnvironment: "self-hosted" } }],
  })),
  judge("no rule", "statement", "no-rule", () => ({ rules: [] })),
  judge("rule for another key", "key", "rule-mismatch", () => ({
    rules: [workflowRule, toKeyRule({ managedKeyId: "key-2" })],
  })),
  judge("bare signature where statements are asked for", "message", "message-signature-not-allowed", () => ({})),
  judge("request for another name", "key", "name-mismatch", () => ({ name: "io.github.acme/other" })),
  judge("request for another version", "key", "version-mismatch", () => ({ version: "1.2.1" })),
];

/** Managed keys. */
export const keyRows: TamperRow[] = [
  judge("unknown key", "key", "key-unknown", () => ({ managedKeys: [] })),
  judge("key not yet valid at receipt", "key", "key-not-valid", (w) => ({
    managedKeys: [toManagedKey(w.keySigner, { notBefore: signingTime + 120_000 })],
  })),
  judge("key expired at receipt", "key", "key-not-valid", (w) => ({
    managedKeys: [toManagedKey(w.keySigner, { notAfter: signingTime + 60_000 })],
  })),
  judge("key revoked at receipt", "key", "key-revoked", (w) => ({
    managedKeys: [toManagedKey(w.keySigner, { revokedAt: signingTime + 60_000 })],
  })),
  sign(
    "key revoked when the verified time says it signed",
    "key-revoked",
    (w) => makeStatementBundle(w, { signer: librarySigner(w.keyPem) }),
    (w) => ({ managedKeys: [toManagedKey(w.keySigner, { revokedAt: signingTime })] }),
  ),
  edit("another key id", "key", "key-id-mismatch", (b) => {
    b.dsseEnvelope.signatures[0].keyid = "another";
  }),
  edit("a hint nobody has", "key", "key-unknown", (b) => {
    b.verificationMaterial.publicKey.hint = "toString";
    b.dsseEnvelope.signatures[0].keyid = "toString";
  }),
  sign(
    "key whose log entry no trust root knows",
    "log-entry-invalid",
    (w) => makeStatementBundle(w, { signer: librarySigner(w.keyPem), witness: "log" }),
    (w) => ({
      trustRoots: [{ ...w.demoRoot, ...emptyRoot }],
    }),
  ),
  unsupportedKey("P-384 key", () => generateKeyPairSync("ec", { namedCurve: "secp384r1" })),
  unsupportedKey("Ed25519 key", () => generateKeyPairSync("ed25519")),
  unsupportedKey("RSA key of 2048 bits", () => generateKeyPairSync("rsa", { modulusLength: 2048 })),
  sign("signature of another key under a known hint", "signature-invalid", async (w) => {
    const bundle = await makeMessageBundle(w, { signer: librarySigner(makePrivateKeyPem()), witness: "none" });
    bundle.verificationMaterial.publicKey.hint = w.keySigner.hint;
    return bundle;
  }),
];

const emptyRootBytes = Buffer.from('{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}');
const emptyRoot = { bytes: emptyRootBytes, sha256: sha256Hex(emptyRootBytes) };

function unsupportedKey(change: string, generate: () => { publicKey: KeyObject }): TamperRow {
  return judge(change, "key", "key-unsupported", (w) => {
    const spkiPem = generate().publicKey.export({ type: "spki", format: "pem" }).toString();
    return { managedKeys: [{ ...toManagedKey(w.keySigner), spkiPem }] };
  });
}
