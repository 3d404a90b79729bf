import { ASN1Obj, X509Certificate } from "@sigstore/core";
import { quote } from "#lib/signing/quote.ts";
import { refuse, type SignatureRefusal } from "#lib/signing/refusal.ts";

const oidKeyUsage = "2.5.29.15";
const oidSubjectAltName = "2.5.29.17";
const oidBasicConstraints = "2.5.29.19";
const oidExtendedKeyUsage = "2.5.29.37";
const oidCodeSigning = "1.3.6.1.5.5.7.3.3";
/** RFC 5280 asks to refuse a critical extension one does not process; these four we do. */
const understoodWhenCritical = [oidKeyUsage, oidSubjectAltName, oidBasicConstraints, oidExtendedKeyUsage];
const tagEmail = 1;
const tagUri = 6;

export type CertificateExtension = { oid: string; critical: boolean; value: Buffer };
export type SubjectName = { kind: "uri" | "email"; value: string };

/** Extensions by OID. A repeated one is refused: readers disagree about which counts. @throws Refusal */
export function readExtensions(der: Uint8Array): Map<string, CertificateExtension> {
  const extensions = new Map<string, CertificateExtension>();
  for (const { subs } of X509Certificate.parse(Buffer.from(der)).extensions) {
    const [name, flag] = subs;
    const value = subs.at(-1);
    if (!name || !value?.tag.isOctetString())
      return refuse("certificate-extension", "certificate", "malformed extension");
    const oid = name.toOID();
    if (extensions.has(oid)) refuse("certificate-extension", "certificate", `extension ${oid} is repeated`);
    const critical = flag?.tag.isBoolean() === true && flag.toBoolean();
    extensions.set(oid, { oid, critical, value: value.value });
  }
  return extensions;
}

/** A leaf that may sign code and nothing else it says is beyond us. @throws Refusal */
export function assertCodeSigningLeaf(der: Uint8Array, extensions: Map<string, CertificateExtension>): void {
  for (const { oid, critical } of extensions.values()) {
    if (critical && !understoodWhenCritical.includes(oid)) {
      refuse("certificate-extension", "certificate", `critical extension ${oid} is not understood`);
    }
  }
  const certificate = X509Certificate.parse(Buffer.from(der));
  if (certificate.extBasicConstraints?.isCA || certificate.extKeyUsage?.keyCertSign) {
    refuse("certificate-ca", "certificate", "the certificate is an authority's, not a signer's");
  }
  if (!readUsages(extensions).includes(oidCodeSigning)) {
    refuse("certificate-usage", "certificate", "the certificate is not for code signing");
  }
}

function readUsages(extensions: Map<string, CertificateExtension>): string[] {
  const usage = extensions.get(oidExtendedKeyUsage);
  return usage ? parseDer(usage, "certificate-usage").subs.map((sub) => sub.toOID()) : [];
}

/** The one subject alternative name, which must be a URI or an e-mail address. @throws Refusal */
export function readSubjectName(extensions: Map<string, CertificateExtension>): SubjectName {
  const extension = extensions.get(oidSubjectAltName);
  const names = extension ? parseDer(extension, "certificate-san").subs : [];
  const [name] = names;
  if (!name || names.length !== 1) {
    return refuse(
      "certificate-san",
      "certificate",
      `exactly one subject alternative name is needed, got ${names.length}`,
    );
  }
  const kind = name.tag.isContextSpecific(tagUri) ? "uri" : name.tag.isContextSpecific(tagEmail) ? "email" : null;
  const value = name.value.toString("latin1");
  if (kind === null)
    refuse("certificate-san", "certificate", "the subject alternative name is no URI or e-mail address");
  if (!/^[\x21-\x7e]{1,2048}$/.test(value)) {
    refuse("certificate-san", "certificate", `the subject alternative name is not plain: ${quote(value)}`);
  }
  return { kind, value };
}

/** The DER value inside an extension. @throws Refusal with the code given */
export function parseDer(extension: CertificateExtension, code: SignatureRefusal): ASN1Obj {
  try {
    return ASN1Obj.parseBuffer(Buffer.from(extension.value));
  } catch {
    return refuse(code, "certificate", `extension ${extension.oid} cannot be read`);
  }
}
