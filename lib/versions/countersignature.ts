import { config } from "#lib/config/index.ts";
import { readKeySet } from "#lib/registry-key/index.ts";
import { type KeySet, verifyApproval } from "#lib/signing/index.ts";
import type { CountersignatureView } from "#lib/signing/view.ts";

/**
 * The countersignatures among these bundles that verify with the registry's own public keys, in the order given. One
 * that does not verify is left out: it proves nothing, so it is not shown as if it did.
 */
export async function readCountersignatures(
  registryId: string,
  bundles: readonly Uint8Array[],
): Promise<CountersignatureView[]> {
  if (bundles.length === 0) return [];
  const keySet = await readKeySet(config().registryKeyDir, registryId);
  return bundles.flatMap((bundleBytes) => toCountersignatureView(bundleBytes, keySet, registryId) ?? []);
}

function toCountersignatureView(
  bundleBytes: Uint8Array,
  keySet: KeySet,
  registryId: string,
): CountersignatureView | null {
  const verdict = verifyApproval({ bundleBytes, keySet, registryId });
  if (!verdict.ok) return null;
  const { predicate, keyId, sha256 } = verdict.approval;
  const { state, round, approvedAt, expiresAt, reviewDigest, auditHead, approvers } = predicate;
  return { sha256, state, round, keyId, approvedAt, expiresAt, reviewDigest, auditHead, approvers: approvers.length };
}
