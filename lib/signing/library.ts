import type { KeyObject } from "node:crypto";
import type { Bundle } from "@sigstore/bundle";
import type { TrustedRoot } from "@sigstore/protobuf-specs";
import { toSignedEntity, toTrustMaterial, VerificationError, Verifier } from "@sigstore/verify";
import { Refusal, type SignatureRefusal } from "#lib/signing/refusal.ts";
import type { TrustThresholds } from "#lib/signing/upload.ts";

/** Where each of the library's failures lies; the later in its order, the closer the bundle came. */
const failures: Record<string, { code: SignatureRefusal; detail: string; rank: number }> = {
  TIMESTAMP_ERROR: { code: "timestamp-invalid", detail: "no acceptable verified time", rank: 1 },
  PUBLIC_KEY_ERROR: { code: "key-unknown", detail: "the key is not known", rank: 2 },
  CERTIFICATE_ERROR: {
    code: "certificate-untrusted",
    detail: "the certificate does not chain to a trusted authority at the time of signing, or its log proof is missing",
    rank: 2,
  },
  TLOG_ERROR: { code: "log-entry-invalid", detail: "not enough transparency log entries", rank: 3 },
  TLOG_INCLUSION_PROOF_ERROR: { code: "log-entry-invalid", detail: "a log inclusion proof is wrong", rank: 3 },
  TLOG_INCLUSION_PROMISE_ERROR: { code: "log-entry-invalid", detail: "a log inclusion promise is wrong", rank: 3 },
  TLOG_MISSING_INCLUSION_ERROR: { code: "log-entry-invalid", detail: "a log entry has no proof", rank: 3 },
  TLOG_BODY_ERROR: { code: "log-entry-invalid", detail: "a log entry is not of this signature and content", rank: 4 },
  SIGNATURE_ERROR: {
    code: "signature-invalid",
    detail: "the signature is not by this signer over this content",
    rank: 5,
  },
};

export class LibraryRefusal extends Refusal {
  /** How far verification got; the highest one among several trust roots explains best. */
  readonly rank: number;
  constructor(code: SignatureRefusal, detail: string, rank: number) {
    super(code, "signature", detail);
    this.rank = rank;
  }
}

/**
 * Runs the Sigstore library for one trust root, **without** its policy, which matches unanchored and passes when
 * empty. It checks times, certificate chain and log proof of the certificate, log entries and the signature. It does
 * not check subject digest, payload type, predicate, EKU, SAN, media type or the present time.
 * @throws LibraryRefusal for whatever goes wrong, type errors in crafted DER included.
 */
export function runLibrary(
  bundle: Bundle,
  artifact: Uint8Array,
  root: TrustedRoot,
  thresholds: TrustThresholds,
  key?: KeyObject,
): void {
  try {
    const trust = toTrustMaterial(root, () => toTimelessKey(key));
    const verifier = new Verifier(trust, {
      tlogThreshold: thresholds.tlog,
      ctlogThreshold: thresholds.ctlog,
      timestampThreshold: thresholds.timestamp,
    });
    verifier.verify(toSignedEntity(bundle, Buffer.from(artifact)));
  } catch (error) {
    throw toRefusal(error);
  }
}

/** Validity of managed keys is judged by managed-key.ts, which also sees signatures without a timestamp. */
function toTimelessKey(publicKey: KeyObject | undefined) {
  if (!publicKey) throw new VerificationError({ code: "PUBLIC_KEY_ERROR", message: "no managed key" });
  return { publicKey, validFor: () => true };
}

function toRefusal(error: unknown): LibraryRefusal {
  const known = error instanceof VerificationError ? failures[error.code] : undefined;
  if (known) return new LibraryRefusal(known.code, known.detail, known.rank);
  return new LibraryRefusal("bundle-malformed", "a certificate, timestamp or log entry cannot be read", 0);
}
