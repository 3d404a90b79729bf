import { canonicalBytes } from "#lib/core/canonical-json.ts";
import type { SigningConfiguration } from "#lib/signing/keyless/index.ts";
import type { CertificateAuthority } from "#lib/trust/demo/certificate-authority.ts";
import { demoStart } from "#lib/trust/demo/certificates.ts";
import { demoAudience } from "#lib/trust/demo/identity-provider.ts";
import { type DemoKey, sha256 } from "#lib/trust/demo/key-file.ts";
import type { TimestampAuthority } from "#lib/trust/demo/timestamp-authority.ts";
import { demoLogName, type TransparencyLog } from "#lib/trust/demo/transparency-log.ts";

const validFor = { start: demoStart.toISOString() };
const host = "countersign.invalid";

/** trusted_root.json of the demo. Names no address or port, so restarting elsewhere gives the same bytes. */
export function toTrustedRoot(authority: CertificateAuthority, timestamps: TimestampAuthority, log: TransparencyLog) {
  return canonicalBytes({
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: [toLog(`https://${demoLogName}`, log.key)],
    ctlogs: [toLog(`https://demo-certificate-log.${host}`, authority.log)],
    certificateAuthorities: [toAuthority("demo authority", `https://demo-fulcio.${host}`, [authority.certificate])],
    timestampAuthorities: [
      toAuthority("demo timestamps", `https://demo-timestamps.${host}`, [timestamps.leaf, timestamps.root]),
    ],
  });
}

/** Where to sign for the demo. @param url address of the running demo, without a trailing slash */
export function toSigningConfiguration(url: string): SigningConfiguration {
  return {
    audience: demoAudience,
    certificateAuthority: url,
    transparencyLog: { url, version: 1 },
    timestampAuthority: `${url}/api/v1/timestamp`,
  };
}

function toLog(baseUrl: string, key: DemoKey) {
  return {
    baseUrl,
    hashAlgorithm: "SHA2_256",
    publicKey: { rawBytes: key.spki.toString("base64"), keyDetails: "PKIX_ECDSA_P256_SHA_256", validFor },
    logId: { keyId: sha256(key.spki).toString("base64") },
  };
}

function toAuthority(commonName: string, uri: string, chain: Buffer[]) {
  const certificates = chain.map((der) => ({ rawBytes: der.toString("base64") }));
  return { subject: { organization: "Countersign demo", commonName }, uri, certChain: { certificates }, validFor };
}
