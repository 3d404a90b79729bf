import type { Digest } from "#lib/core/digest.ts";
import type { CheckId, SignatureRefusal } from "#lib/signing/refusal.ts";
import type { PublisherRuleInput } from "#lib/signing/rule.ts";
import type { LogEntryView, TrustRootRef, VerificationCheck, VerifiedIdentity } from "#lib/signing/view.ts";

/** How many independent witnesses a trust root asks for. `timestamp` below 1 is treated as 1 for certificates. */
export type TrustThresholds = { tlog: number; ctlog: number; timestamp: number };

export type TrustRootInput = TrustRootRef & {
  /** The exact bytes of trusted_root.json; `sha256` (hex) is checked against them. */
  bytes: Uint8Array;
  /** Issuers this root may speak for, compared exactly. Empty: none. */
  issuers: string[];
  thresholds: TrustThresholds;
};

/** A publisher's long-lived public key. Times are milliseconds since the epoch. */
export type ManagedKeyInput = {
  id: string;
  label: string;
  /** base64(sha256(SPKI DER)), as cosign writes it. */
  hint: string;
  spkiPem: string;
  /** "ecdsa-p256-sha256" | "rsa-sha256": derived again from the key, this is for display. */
  algorithm: string;
  notBefore: number;
  notAfter: number | null;
  revokedAt: number | null;
};

/** Everything verification may know: plain data that crosses to a worker. */
export type UploadInput = {
  manifestBytes: Uint8Array;
  bundleBytes: Uint8Array;
  /** As asked for by the uploader: manifest and statement must both say the same. */
  name: string;
  version: string;
  registryId: string;
  /** Time of receipt, milliseconds since the epoch. */
  now: number;
  trustRoots: TrustRootInput[];
  managedKeys: ManagedKeyInput[];
  rules: PublisherRuleInput[];
};

export type BundleKind = "dsse" | "message";

/** What a bundle proved, before asking whether that publisher may publish. */
export type VerifiedBundle = {
  manifestDigest: Digest;
  /** Hex SHA-256 of the bundle bytes as received: names the file, never the signer. */
  bundleSha256: string;
  kind: BundleKind;
  identity: VerifiedIdentity;
  /** Earliest verified time in milliseconds; null for a managed key without a timestamp. */
  signedAt: number | null;
  /** For a managed key, slug `managed-key` and the bytes of the managed-keys document. */
  trustRoot: TrustRootRef & { bytes: Uint8Array };
  managedKeyId: string | null;
  checks: VerificationCheck[];
  /** First log entry. Its index is not covered by every kind of proof: for display. */
  logEntry: LogEntryView | null;
};

export type VerifiedUpload = VerifiedBundle & { ruleId: string; ruleSummary: string };

export type RefusedUpload = {
  ok: false;
  code: SignatureRefusal;
  check: CheckId;
  /** Names what was expected and seen; attacker-chosen text in it is escaped. */
  detail: string;
  /** The verified identity when verification got that far; never anything unverified. */
  identity: VerifiedIdentity | null;
  trustRootSlug: string | null;
};

export type UploadVerdict = { ok: true; upload: VerifiedUpload } | RefusedUpload;
