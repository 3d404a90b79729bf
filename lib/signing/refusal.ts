/** Why a signed upload, an approval or a key set was not accepted. Stable: tools and tests compare these. */
export const SIGNATURE_REFUSALS = [
  "manifest-too-large",
  "manifest-json",
  "bundle-too-large",
  "bundle-json",
  "bundle-media-type",
  "bundle-malformed",
  "bundle-checkpoint",
  "log-entry-invalid",
  "timestamp-invalid",
  "certificate-untrusted",
  "certificate-encoding",
  "certificate-usage",
  "certificate-ca",
  "certificate-san",
  "certificate-extension",
  "certificate-claims",
  "issuer-not-allowed",
  "key-unknown",
  "key-unsupported",
  "key-id-mismatch",
  "key-not-valid",
  "key-revoked",
  "signature-invalid",
  "signed-in-future",
  "signed-too-long-ago",
  "message-digest",
  "statement-payload-type",
  "statement-json",
  "statement-malformed",
  "statement-type",
  "statement-subject",
  "statement-digest",
  "statement-predicate-type",
  "statement-predicate",
  "name-mismatch",
  "version-mismatch",
  "message-signature-not-allowed",
  "no-rule",
  "rule-mismatch",
  "verification-timeout",
  "verification-failed",
] as const;

export type SignatureRefusal = (typeof SIGNATURE_REFUSALS)[number];

/** The check that failed, in the order they are made. */
export type CheckId =
  | "size"
  | "json"
  | "bundle"
  | "signature"
  | "certificate"
  | "time"
  | "statement"
  | "name"
  | "rule"
  | "worker";

/** Thrown inside lib/signing only; its doors turn it into a verdict. `detail` is safe to show: see quote.ts. */
export class Refusal extends Error {
  readonly code: SignatureRefusal;
  readonly check: CheckId;
  readonly detail: string;

  constructor(code: SignatureRefusal, check: CheckId, detail: string) {
    super(`${code}: ${detail}`);
    this.name = "Refusal";
    this.code = code;
    this.check = check;
    this.detail = detail;
  }
}

export function refuse(code: SignatureRefusal, check: CheckId, detail: string): never {
  throw new Refusal(code, check, detail);
}
