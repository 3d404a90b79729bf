import "reflect-metadata";
import { createPublicKey, verify } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as x509 from "@peculiar/x509";
import { signCertificateTimestamps } from "#lib/trust/demo/certificate-log.ts";
import {
  authorityKeyId,
  issueAuthority,
  issueCertificate,
  randomSerial,
  subjectKeyId,
  toPem,
} from "#lib/trust/demo/certificates.ts";
import { type DemoClaims, type DemoIdentity, toDemoIdentity } from "#lib/trust/demo/claims.ts";
import { octets, utf8 } from "#lib/trust/demo/der.ts";
import { verifyDemoToken } from "#lib/trust/demo/identity-provider.ts";
import { type DemoKey, openKey } from "#lib/trust/demo/key-file.ts";

const authorityName = "CN=Countersign demo authority, O=Countersign demo";
const fulcioArc = "1.3.6.1.4.1.57264.1";
const oidTimestampList = "1.3.6.1.4.1.11129.2.4.2";
const lifetimeMs = 10 * 60_000;

export type CertificateAuthority = { key: DemoKey; log: DemoKey; certificate: Buffer };

/** The certificate is made once and kept, so that the trust root stays the same. */
export async function openCertificateAuthority(dir: string): Promise<CertificateAuthority> {
  const key = openKey(dir, "certificate-authority");
  const file = path.join(dir, "certificate-authority.der");
  if (!existsSync(file)) writeFileSync(file, await issueAuthority(authorityName, key), { mode: 0o600 });
  return { key, log: openKey(dir, "certificate-log"), certificate: readFileSync(file) };
}

export type LeafOptions = {
  at: Date;
  /** Changes the extensions before signing: tests make certificates this way that must be refused. */
  reshape?: (extensions: x509.Extension[]) => x509.Extension[];
};

/** A code-signing certificate for ten minutes, with its proof of having been logged. Returns DER. */
export async function issueLeaf(
  authority: CertificateAuthority,
  publicKeyDer: Uint8Array,
  identity: DemoIdentity,
  { at, reshape = (extensions) => extensions }: LeafOptions,
): Promise<Buffer> {
  const extensions = reshape(await toExtensions(authority, publicKeyDer, identity));
  const request = {
    subject: "",
    issuer: authorityName,
    publicKeyDer,
    issuerKey: authority.key,
    serialNumber: randomSerial(),
    notBefore: at,
    notAfter: new Date(at.getTime() + lifetimeMs),
  };
  const precert = await issueCertificate({ ...request, extensions });
  const list = signCertificateTimestamps(authority.log, precert, authority.key.spki, at);
  const proof = new x509.Extension(oidTimestampList, false, Uint8Array.from(octets(list)));
  return issueCertificate({ ...request, extensions: [...extensions, proof] });
}

async function toExtensions(
  authority: CertificateAuthority,
  publicKeyDer: Uint8Array,
  { name, extensions }: DemoIdentity,
): Promise<x509.Extension[]> {
  return [
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.codeSigning]),
    await subjectKeyId(publicKeyDer),
    await authorityKeyId(authority.key),
    new x509.SubjectAlternativeNameExtension([name], true),
    ...[...extensions].map(
      ([number, value]) => new x509.Extension(`${fulcioArc}.${number}`, false, Uint8Array.from(utf8(value))),
    ),
  ];
}

type SigningRequest = {
  credentials: { oidcIdentityToken: string };
  publicKeyRequest: { publicKey: { content: string }; proofOfPossession: string };
};

/**
 * Fulcio's `POST /api/v2/signingCert`: a certificate for whoever shows a token of ours and proves to hold the key.
 * @throws Error
 */
export async function answerSigningRequest(
  dir: string,
  authority: CertificateAuthority,
  body: SigningRequest,
  at: { issuers: readonly string[]; now: Date },
): Promise<object> {
  const { issuer, subject, claims } = await verifyDemoToken(dir, body.credentials.oidcIdentityToken, at);
  const publicKey = createPublicKey(body.publicKeyRequest.publicKey.content);
  const proof = Buffer.from(body.publicKeyRequest.proofOfPossession, "base64");
  if (!verify("sha256", Buffer.from(subject), publicKey, proof)) throw new Error("proof of possession failed");
  const identity = toDemoIdentity(issuer, claims as unknown as DemoClaims);
  const spki = publicKey.export({ type: "spki", format: "der" });
  const leaf = await issueLeaf(authority, spki, identity, { at: at.now });
  const certificates = [toPem(leaf), toPem(authority.certificate)];
  return { signedCertificateEmbeddedSct: { chain: { certificates } } };
}
