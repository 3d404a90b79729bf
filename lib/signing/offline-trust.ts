import { sha256Hex } from "#lib/core/digest.ts";
import type { ApprovalBundle } from "#lib/signing/approval-predicate.ts";
import { decodeManagedKeys, managedKeySlug } from "#lib/signing/managed-keys-document.ts";
import { defaultThresholds, readTrustedRoot } from "#lib/signing/trusted-root.ts";
import type { ManagedKeyInput, TrustRootInput } from "#lib/signing/upload.ts";

export type OfflineTrust = { trustRoots: TrustRootInput[]; managedKeys: ManagedKeyInput[] };

/**
 * Trust material from the file an approval names by digest: a trusted_root.json, or a managed-keys document. The
 * registry's thresholds and issuers are not in it: one witness of every kind is asked for, and the issuer is compared
 * as part of the identity that the approval names.
 * @throws Error when the file is neither
 */
export function toOfflineTrust(bytes: Uint8Array, bundle: ApprovalBundle): OfflineTrust {
  if (bundle.trustRoot.slug === managedKeySlug) {
    const { keys, witnessRoot } = decodeManagedKeys(bytes);
    return { managedKeys: keys, trustRoots: witnessRoot === null ? [] : [toRoot(witnessRoot, bundle)] };
  }
  return { managedKeys: [], trustRoots: [toRoot(bytes, bundle)] };
}

function toRoot(bytes: Uint8Array, { identity, trustRoot: { slug } }: ApprovalBundle): TrustRootInput {
  return {
    slug,
    label: slug,
    version: 1,
    sha256: sha256Hex(bytes),
    demo: false,
    bytes,
    issuers: identity.kind === "key" ? [] : [identity.issuer],
    thresholds: defaultThresholds(readTrustedRoot(bytes)),
  };
}
