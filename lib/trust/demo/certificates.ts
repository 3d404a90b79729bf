import "reflect-metadata";
import { randomBytes } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { DemoKey } from "#lib/trust/demo/key-file.ts";

const curve = { name: "ECDSA", namedCurve: "P-256" };
const signingAlgorithm = { name: "ECDSA", hash: "SHA-256" };
/** Fixed and long, so that the demo's trust root is made once and serves whatever clock a test sets. */
export const demoStart = new Date("2020-01-01T00:00:00Z");
const demoEnd = new Date("2045-01-01T00:00:00Z");

export type CertificateRequest = {
  subject: string;
  issuer: string;
  publicKeyDer: Uint8Array;
  issuerKey: DemoKey;
  extensions: x509.Extension[];
  notBefore?: Date;
  notAfter?: Date;
  serialNumber?: string;
};

/** Issues one certificate, DER. Says yes to everything: what may be in it is the caller's to decide. */
export async function issueCertificate(request: CertificateRequest): Promise<Buffer> {
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: request.serialNumber ?? randomSerial(),
    subject: request.subject,
    issuer: request.issuer,
    notBefore: request.notBefore ?? demoStart,
    notAfter: request.notAfter ?? demoEnd,
    publicKey: await importPublicKey(request.publicKeyDer),
    signingKey: await importPrivateKey(request.issuerKey),
    signingAlgorithm,
    extensions: request.extensions,
  });
  return Buffer.from(certificate.rawData);
}

/** A self-signed authority that may sign leaves only. */
export async function issueAuthority(name: string, key: DemoKey): Promise<Buffer> {
  const flags = x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign;
  const extensions = [
    new x509.BasicConstraintsExtension(true, 0, true),
    new x509.KeyUsagesExtension(flags, true),
    await subjectKeyId(key.spki),
  ];
  return issueCertificate({ subject: name, issuer: name, publicKeyDer: key.spki, issuerKey: key, extensions });
}

/** 16 random bytes, positive. */
export function randomSerial(): string {
  return `4${randomBytes(16).toString("hex").slice(1)}`;
}

export async function subjectKeyId(spki: Uint8Array): Promise<x509.Extension> {
  return x509.SubjectKeyIdentifierExtension.create(await importPublicKey(spki));
}

export async function authorityKeyId(issuerKey: DemoKey): Promise<x509.Extension> {
  return x509.AuthorityKeyIdentifierExtension.create(await importPublicKey(issuerKey.spki));
}

export function toPem(der: Uint8Array): string {
  return new x509.X509Certificate(Buffer.from(der)).toString("pem");
}

function importPublicKey(spki: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("spki", Buffer.from(spki), curve, true, ["verify"]);
}

function importPrivateKey({ privateKey }: DemoKey): Promise<CryptoKey> {
  const der = privateKey.export({ type: "pkcs8", format: "der" });
  return crypto.subtle.importKey("pkcs8", Buffer.from(der), curve, false, ["sign"]);
}
