export { type ApprovalVerdict, signApproval, type VerifiedApproval, verifyApproval } from "#lib/signing/approval.ts";
export { type ApprovalBundle, ApprovalPredicate, pinStatus } from "#lib/signing/approval-predicate.ts";
export { BackupPredicate, type BackupVerdict, signBackup, verifyBackup } from "#lib/signing/backup-statement.ts";
export { preAuthEncoding } from "#lib/signing/dsse.ts";
export { explainRule, type RuleCheck, type RuleExplanation, type RuleSubject } from "#lib/signing/explain-rule.ts";
export { describeIdentity, describeRule, toRulePrefill } from "#lib/signing/identity-text.ts";
export { type RotationVerdict, signKeyRotation, verifyKeyRotation } from "#lib/signing/key-rotation.ts";
export { encodeKeySet, KeySet, parseKeySet, RegistryPublicKey, registryKeyId } from "#lib/signing/key-set.ts";
export { type ImportedKey, importManagedKey, type KeyAlgorithm } from "#lib/signing/managed-key.ts";
export { decodeManagedKeys, encodeManagedKeys, managedKeySlug } from "#lib/signing/managed-keys-document.ts";
export type { OfflineInput, OfflineRefusal, OfflineStep, OfflineVerdict } from "#lib/signing/offline-verdict.ts";
export { isRefPattern } from "#lib/signing/ref-pattern.ts";
export { type CheckId, Refusal, SIGNATURE_REFUSALS, type SignatureRefusal } from "#lib/signing/refusal.ts";
export type { RegistryRefusal } from "#lib/signing/registry-envelope.ts";
export {
  GitHubActionsClaims,
  type GitHubActionsRule,
  type KeyRule,
  type PublisherRuleInput,
} from "#lib/signing/rule.ts";
export {
  type ManagedKeySigner,
  managedKeySigner,
  type PublishSigner,
  signPublishStatement,
} from "#lib/signing/sign-publish.ts";
export { defaultThresholds, readTrustedRoot } from "#lib/signing/trusted-root.ts";
export type {
  BundleKind,
  ManagedKeyInput,
  RefusedUpload,
  TrustRootInput,
  TrustThresholds,
  UploadInput,
  UploadVerdict,
  VerifiedBundle,
  VerifiedUpload,
} from "#lib/signing/upload.ts";
export { verifyOffline } from "#lib/signing/verify-offline.ts";
export { verifyUploadInWorker } from "#lib/signing/verify-pool.ts";
export { verifyUpload } from "#lib/signing/verify-upload.ts";
