import { config } from "#lib/config/index.ts";
import type { Digest } from "#lib/core/digest.ts";
import { loadRegistryKey, readKeySet } from "#lib/registry-key/index.ts";
import { type ApprovalPredicate, signApproval, type VerifiedApproval, verifyApproval } from "#lib/signing/index.ts";

export type Countersignature = { bundle: Buffer; approval: VerifiedApproval };

/**
 * Signs with the registry's key and reads the result back with the public keys readers use: what they would drop is
 * never stored. Called under the ledger's lock, which a rotation of the key also takes.
 * @throws Error when the key cannot be used; the transaction around it then leaves nothing.
 */
export async function countersign(predicate: ApprovalPredicate, manifestDigest: Digest): Promise<Countersignature> {
  const dir = config().registryKeyDir;
  const { privateKeyPem } = await loadRegistryKey(dir, predicate.registry);
  const bundle = signApproval({ predicate, manifestDigest, privateKeyPem });
  const keySet = await readKeySet(dir, predicate.registry);
  const verdict = verifyApproval({ bundleBytes: bundle, keySet, registryId: predicate.registry });
  if (!verdict.ok) throw new Error(`The countersignature does not verify: ${verdict.code}: ${verdict.detail}`);
  if (verdict.approval.manifestDigest !== manifestDigest)
    throw new Error("The countersignature is of another manifest.");
  return { bundle, approval: verdict.approval };
}
