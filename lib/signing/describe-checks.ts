import { describeIdentity } from "#lib/signing/identity-text.ts";
import type { ProvenBundle } from "#lib/signing/prove-bundle.ts";
import { plain } from "#lib/signing/quote.ts";
import type { UploadInput } from "#lib/signing/upload.ts";
import type { VerificationCheck } from "#lib/signing/view.ts";

/** What was checked and found, in order, for the evidence page. Only ever made after every check passed. */
export function describeChecks(proven: ProvenBundle, input: UploadInput, ruleSummary: string): VerificationCheck[] {
  const { name, version, registryId } = input;
  return [
    check("bundle", "Bundle is well-formed", `Sigstore bundle, sha256 ${proven.bundleSha256}`),
    check("signature", "Signature is valid", describeSignature(proven)),
    ...describeWitnesses(proven),
    check("time", "Signed recently", describeTime(proven)),
    proven.kind === "dsse"
      ? check("statement", "Publish statement names this manifest", plain(`${name} ${version} for ${registryId}`))
      : check("statement", "Signature covers this manifest", `manifest ${proven.manifestDigest}`),
    check("name", "Name and version agree", plain(`${name} ${version}`)),
    check("rule", "A publisher rule allows the signer", ruleSummary),
  ];
}

function describeSignature({ identity, trustRoot }: ProvenBundle): string {
  return `${describeIdentity(identity)}; trust root ${plain(trustRoot.label)} version ${trustRoot.version}`;
}

function describeWitnesses({ identity, logEntry }: ProvenBundle): VerificationCheck[] {
  const certificate =
    identity.kind === "key"
      ? []
      : [check("certificate", "Certificate is for code signing by one identity", `issuer ${plain(identity.issuer)}`)];
  const log = logEntry
    ? [check("log", "In the transparency log", `entry ${logEntry.logIndex} of log ${logEntry.logId}`)]
    : [];
  return [...certificate, ...log];
}

function describeTime({ times }: ProvenBundle): string {
  if (times) return `signed at ${new Date(times.earliest).toISOString()}, from a verified timestamp`;
  return "no timestamp: the key was judged at receipt";
}

function check(id: string, label: string, detail: string): VerificationCheck {
  return { id, label, detail };
}
