import { type CertificateClaims, readClaims, readIssuer } from "#lib/signing/certificate-claims.ts";
import { assertCodeSigningLeaf, readExtensions, readSubjectName } from "#lib/signing/certificate-extensions.ts";
import { assertCanonicalCertificate } from "#lib/signing/certificate-form.ts";
import { quote } from "#lib/signing/quote.ts";
import { Refusal, refuse } from "#lib/signing/refusal.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";

const workflowFolder = "/.github/workflows/";

/** Identity in a certificate: always one with an issuer, never a key. */
export type CertificateIdentity = Exclude<VerifiedIdentity, { kind: "key" }>;

/**
 * Checks a leaf certificate that the library verified, and reads who it is of. A URI and an e-mail address are
 * different kinds of identity. Signatures and dates are the library's; the issuer is compared by the caller.
 * @param der leaf certificate
 * @throws Refusal
 */
export function readCertificateIdentity(der: Uint8Array): CertificateIdentity {
  try {
    assertCanonicalCertificate(der);
    const extensions = readExtensions(der);
    assertCodeSigningLeaf(der, extensions);
    const name = readSubjectName(extensions);
    const issuer = readIssuer(extensions);
    if (name.kind === "email") return { kind: "email", issuer, email: name.value };
    return readWorkflowIdentity(issuer, name.value, readClaims(extensions)) ?? { kind: "uri", issuer, uri: name.value };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return refuse("certificate-extension", "certificate", "the certificate cannot be read");
  }
}

/**
 * GitHub Actions, recognised by a build configuration (.18) in `.github/workflows`. Its SAN names the workflow that
 * ran, which for a reusable one is not the repository's, so identity is made from the repository's own claims, all of
 * which must be there; .18 must be the very string that repository, workflow and ref give.
 */
function readWorkflowIdentity(
  issuer: string,
  subjectAlternativeName: string,
  claim: CertificateClaims,
): CertificateIdentity | null {
  const buildConfig = claim(18);
  if (!buildConfig?.includes(workflowFolder)) return null;
  const repository = requireClaim(claim, 12);
  const ref = requireClaim(claim, 14);
  return {
    kind: "github-actions",
    issuer,
    repository,
    repositoryId: requireNumber(claim, 15),
    ownerId: requireNumber(claim, 17),
    workflow: readWorkflowPath(buildConfig, repository, ref),
    ref,
    trigger: requireClaim(claim, 20),
    runnerEnvironment: claim(11),
    deploymentEnvironment: claim(23),
    sha: claim(13),
    subjectAlternativeName,
    runUrl: claim(21),
  };
}

function readWorkflowPath(buildConfig: string, repository: string, ref: string): string {
  const start = `${repository}/`;
  const end = `@${ref}`;
  const path = buildConfig.slice(start.length, -end.length);
  if (buildConfig === `${start}${path}${end}` && `/${path}`.startsWith(workflowFolder) && !path.includes("@"))
    return path;
  const expected = quote(`${start}.github/workflows/<file>${end}`);
  return refuse("certificate-claims", "certificate", `claim .18 is ${quote(buildConfig)}, expected ${expected}`);
}

function requireClaim(claim: CertificateClaims, number: number): string {
  return claim(number) ?? refuse("certificate-claims", "certificate", `claim .${number} is missing`);
}

function requireNumber(claim: CertificateClaims, number: number): string {
  const value = requireClaim(claim, number);
  if (/^[0-9]{1,20}$/.test(value)) return value;
  return refuse("certificate-claims", "certificate", `claim .${number} is no number: ${quote(value)}`);
}
