import { X509Certificate } from "@sigstore/core";
import { uint } from "#lib/trust/demo/der.ts";
import { type DemoKey, sha256, signSha256 } from "#lib/trust/demo/key-file.ts";

const versionAndTypeV1 = Buffer.from([0, 0]);
const precertEntry = uint(1, 2);
const noExtensions = uint(0, 2);
const ecdsaSha256 = Buffer.from([4, 3]);

/**
 * The one-entry list of signed certificate timestamps that goes into a certificate (RFC 6962 section 3.3): the log's
 * promise over the certificate as it is without this list.
 * @param precertDer the certificate without the list, signed by the same authority
 */
export function signCertificateTimestamps(
  log: DemoKey,
  precertDer: Uint8Array,
  issuerSpki: Uint8Array,
  at: Date,
): Buffer {
  const tbs = X509Certificate.parse(Buffer.from(precertDer)).tbsCertificate.toDER();
  const time = uint(at.getTime(), 8);
  const entry = Buffer.concat([sha256(issuerSpki), uint(tbs.length, 3), tbs]);
  const signed = Buffer.concat([versionAndTypeV1, time, precertEntry, entry, noExtensions]);
  const signature = signSha256(log, signed);
  const sct = Buffer.concat([
    Buffer.from([0]),
    sha256(log.spki),
    time,
    noExtensions,
    ecdsaSha256,
    uint(signature.length, 2),
    signature,
  ]);
  const list = Buffer.concat([uint(sct.length, 2), sct]);
  return Buffer.concat([uint(list.length, 2), list]);
}
