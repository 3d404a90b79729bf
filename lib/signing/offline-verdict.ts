import type { VerifiedApproval } from "#lib/signing/approval.ts";
import type { KeySet } from "#lib/signing/key-set.ts";
import { Refusal, type SignatureRefusal } from "#lib/signing/refusal.ts";
import type { RegistryRefusal } from "#lib/signing/registry-envelope.ts";
import type { VerifiedIdentity } from "#lib/signing/view.ts";

export type OfflineRefusal =
  | RegistryRefusal
  | SignatureRefusal
  | "manifest-mismatch"
  | "bundle-mismatch"
  | "trust-root-mismatch"
  | "identity-mismatch"
  | "revoked"
  | "expired"
  | "not-yet-valid";

export type OfflineStep = { id: string; label: string; ok: boolean; detail: string };

export type OfflineVerdict = {
  ok: boolean;
  /** Every step made, in order; the last one is the one that failed, if any did. */
  steps: OfflineStep[];
  code?: OfflineRefusal;
  approval?: VerifiedApproval;
  identity?: VerifiedIdentity;
  /** Files alone cannot tell whether a later statement revoked this one. */
  revocation: "not-checked";
};

export type OfflineInput = {
  manifestBytes: Uint8Array;
  bundleBytes: Uint8Array;
  approvalBytes: Uint8Array;
  /** The trusted_root.json or managed-keys document that the approval names. */
  trustRootBytes: Uint8Array;
  keySet: KeySet;
  registryId: string;
  /** Moment to judge expiry at, milliseconds since the epoch. */
  at: number;
};

/** Why a step failed; never leaves lib/signing. */
export class Mismatch extends Error {
  readonly code: OfflineRefusal;
  constructor(code: OfflineRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

export function toMismatch(error: unknown): Mismatch {
  if (error instanceof Mismatch) return error;
  if (error instanceof Refusal) return new Mismatch(error.code, error.detail);
  return new Mismatch("verification-failed", "the file could not be read");
}
