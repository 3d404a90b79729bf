import { type CertificateExtension, parseDer } from "#lib/signing/certificate-extensions.ts";
import { quote } from "#lib/signing/quote.ts";
import { refuse } from "#lib/signing/refusal.ts";

const fulcioArc = "1.3.6.1.4.1.57264.1";
const utf8StringTag = 0x0c;
const maxClaimCharacters = 2048;

/** Fulcio's claims by number (https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md). */
export type CertificateClaims = (number: number) => string | null;

/**
 * Reader of the claims .8 and above, each a DER UTF8String. A claim of another type, or with anything but printable
 * ASCII, is refused: such text is compared and shown.
 */
export function readClaims(extensions: Map<string, CertificateExtension>): CertificateClaims {
  return (number) => {
    const extension = extensions.get(`${fulcioArc}.${number}`);
    if (!extension) return null;
    const object = parseDer(extension, "certificate-claims");
    if (object.tag.toDER() !== utf8StringTag)
      refuse("certificate-claims", "certificate", `claim .${number} is no text`);
    return assertPlain(number, object.value.toString("utf8"));
  };
}

/** Issuer: .8, or the older .1 (raw bytes) where there is no .8. Both, if present, must agree. @throws Refusal */
export function readIssuer(extensions: Map<string, CertificateExtension>): string {
  const legacy = extensions.get(`${fulcioArc}.1`)?.value.toString("utf8");
  const issuer = readClaims(extensions)(8) ?? legacy;
  if (issuer === undefined) return refuse("certificate-claims", "certificate", "the certificate names no issuer");
  if (legacy !== undefined && legacy !== issuer) {
    refuse("certificate-claims", "certificate", "claims .1 and .8 name different issuers");
  }
  return assertPlain(8, issuer);
}

function assertPlain(number: number, value: string): string {
  if (value.length <= maxClaimCharacters && /^[\x20-\x7e]+$/.test(value)) return value;
  return refuse("certificate-claims", "certificate", `claim .${number} is not plain text: ${quote(value)}`);
}
