import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as x509 from "@peculiar/x509";
import { X509Certificate } from "@sigstore/core";
import { authorityKeyId, issueAuthority, issueCertificate, subjectKeyId } from "#lib/trust/demo/certificates.ts";
import { explicit, generalizedTime, integer, octets, oid, sequence, setOf, tlv } from "#lib/trust/demo/der.ts";
import { type DemoKey, openKey, sha256, signSha256 } from "#lib/trust/demo/key-file.ts";

const rootName = "CN=Countersign demo timestamp root, O=Countersign demo";
const leafName = "CN=Countersign demo timestamps, O=Countersign demo";
const sha256Algorithm = sequence(oid("2.16.840.1.101.3.4.2.1"));
const ecdsaSha256Algorithm = sequence(oid("1.2.840.10045.4.3.2"));
const timestampInfoType = oid("1.2.840.113549.1.9.16.1.4");
const demoPolicy = oid("1.3.6.1.4.1.57264.2");
const version = (number: number) => integer(Buffer.from([number]));

export type TimestampAuthority = { key: DemoKey; leaf: Buffer; root: Buffer };

/** Certificates are made once and kept, so that the trust root stays the same. */
export async function openTimestampAuthority(dir: string): Promise<TimestampAuthority> {
  const key = openKey(dir, "timestamp-authority");
  const rootKey = openKey(dir, "timestamp-root");
  const root = await openCertificate(dir, "timestamp-root.der", () => issueAuthority(rootName, rootKey));
  const leaf = await openCertificate(dir, "timestamp-authority.der", () => issueTimestampLeaf(key, rootKey));
  return { key, leaf, root };
}

async function openCertificate(dir: string, name: string, issue: () => Promise<Buffer>): Promise<Buffer> {
  const file = path.join(dir, name);
  if (!existsSync(file)) writeFileSync(file, await issue(), { mode: 0o600 });
  return readFileSync(file);
}

async function issueTimestampLeaf(key: DemoKey, rootKey: DemoKey): Promise<Buffer> {
  const extensions = [
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.timeStamping], true),
    await subjectKeyId(key.spki),
    await authorityKeyId(rootKey),
  ];
  const names = { subject: leafName, issuer: rootName };
  return issueCertificate({ ...names, publicKeyDer: key.spki, issuerKey: rootKey, extensions });
}

/**
 * `POST /api/v1/timestamp` in the JSON form of Sigstore's authority: an RFC 3161 response for a SHA-256 digest.
 * @throws Error for other digests
 */
export function answerTimestampRequest(
  authority: TimestampAuthority,
  request: { artifactHash: string; hashAlgorithm: string },
  now: Date,
): Buffer {
  const digest = Buffer.from(request.artifactHash, "base64");
  if (request.hashAlgorithm !== "sha256" || digest.length !== 32) throw new Error("only sha256 digests");
  const info = sequence(
    version(1),
    demoPolicy,
    sequence(sha256Algorithm, octets(digest)),
    integer(randomBytes(16)),
    generalizedTime(now),
  );
  const granted = sequence(version(0));
  return sequence(granted, sequence(oid("1.2.840.113549.1.7.2"), explicit(0, toSignedData(authority, info))));
}

/** RFC 5652 section 5, with the signing certificate named as RFC 3161 asks. */
function toSignedData({ key, leaf }: TimestampAuthority, info: Buffer): Buffer {
  const certificate = X509Certificate.parse(Buffer.from(leaf));
  const attributes = setOf(
    sequence(oid("1.2.840.113549.1.9.3"), setOf(timestampInfoType)),
    sequence(oid("1.2.840.113549.1.9.4"), setOf(octets(sha256(info)))),
    sequence(oid("1.2.840.113549.1.9.16.2.47"), setOf(sequence(sequence(sequence(octets(sha256(leaf))))))),
  );
  const signerInfo = sequence(
    version(1),
    sequence(tlv(0x30, certificate.issuer), tlv(0x02, certificate.serialNumber)),
    sha256Algorithm,
    Buffer.concat([Buffer.from([0xa0]), attributes.subarray(1)]),
    ecdsaSha256Algorithm,
    octets(signSha256(key, attributes)),
  );
  const content = sequence(timestampInfoType, explicit(0, octets(info)));
  return sequence(version(3), setOf(sha256Algorithm), content, setOf(signerInfo));
}
