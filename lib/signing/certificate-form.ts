import { ASN1Obj } from "@sigstore/core";
import { refuse } from "#lib/signing/refusal.ts";

const sequenceTag = 0x30;
const bitStringTag = 0x03;
/** Position of the signature algorithm inside the signed part, after version and serial number. */
const innerAlgorithm = 2;

/**
 * Nothing outside the signed part of a certificate may vary: its frame is DER in one spelling, the algorithm beside
 * the signature is the one inside (RFC 5280 section 4.1.1.2), and the signature has no unused bits. The library reads
 * the outer algorithm leniently, so otherwise one certificate would have many encodings that all verify.
 * @throws Refusal
 */
export function assertCanonicalCertificate(der: Uint8Array): void {
  const certificate = ASN1Obj.parseBuffer(Buffer.from(der));
  const [signedPart, algorithm, signature, ...rest] = certificate.subs;
  const framed = certificate.tag.toDER() === sequenceTag && rest.length === 0 && certificate.toDER().equals(der);
  const inner = signedPart?.subs[innerAlgorithm];
  const sameAlgorithm = inner !== undefined && algorithm?.toDER().equals(inner.toDER()) === true;
  const wholeBytes = signature?.tag.toDER() === bitStringTag && signature.value[0] === 0;
  if (!framed || !sameAlgorithm || !wholeBytes) {
    refuse("certificate-encoding", "certificate", "the certificate is not encoded in the one canonical way");
  }
}
