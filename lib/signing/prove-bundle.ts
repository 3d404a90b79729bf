import { digestOf, sha256Hex } from "#lib/core/digest.ts";
import { assertManagedKeyAt } from "#lib/signing/managed-key.ts";
import { readBundle } from "#lib/signing/read-bundle.ts";
import { refuse } from "#lib/signing/refusal.ts";
import { readLogEntry, readSignedTimes, type SignedTimes } from "#lib/signing/signed-time.ts";
import { type VerifiedSigner, verifySigner } from "#lib/signing/signer.ts";
import type { BundleKind, ManagedKeyInput, TrustRootInput, VerifiedBundle } from "#lib/signing/upload.ts";

/** A bundle verified over these manifest bytes. Freshness, statement and rule are not judged yet. */
export type ProvenBundle = Omit<VerifiedBundle, "checks"> & {
  times: SignedTimes | null;
  /** Of a DSSE bundle; null for a message signature, which covers the manifest itself. */
  envelope: { payload: Uint8Array; payloadType: string } | null;
};

/**
 * Signature, log, times and certificate or key: what a bundle proves whatever it is used for. Upload and offline
 * verification share it.
 * @param input.receivedAt milliseconds since the epoch: a managed key without a timestamp is judged then
 * @throws Refusal
 */
export function proveBundle(input: {
  manifestBytes: Uint8Array;
  bundleBytes: Uint8Array;
  trustRoots: readonly TrustRootInput[];
  managedKeys: readonly ManagedKeyInput[];
  receivedAt: number;
}): ProvenBundle {
  const { bundle } = readBundle(input.bundleBytes);
  const { content } = bundle;
  const kind: BundleKind = content.$case === "dsseEnvelope" ? "dsse" : "message";
  const signer: VerifiedSigner = verifySigner(bundle, input.manifestBytes, input);
  const manifestSha256 = sha256Hex(input.manifestBytes);
  if (content.$case === "messageSignature") {
    assertMessageDigest(content.messageSignature.messageDigest.digest, manifestSha256);
  }
  const times = readSignedTimes(bundle);
  if (signer.managedKey) {
    assertManagedKeyAt(signer.managedKey, times?.earliest ?? input.receivedAt);
    assertManagedKeyAt(signer.managedKey, times?.latest ?? input.receivedAt);
  }
  return {
    manifestDigest: digestOf(input.manifestBytes),
    bundleSha256: sha256Hex(input.bundleBytes),
    kind,
    identity: signer.identity,
    signedAt: times?.earliest ?? null,
    times,
    trustRoot: signer.trustRoot,
    managedKeyId: signer.managedKey?.id ?? null,
    logEntry: readLogEntry(bundle),
    envelope: content.$case === "dsseEnvelope" ? content.dsseEnvelope : null,
  };
}

/** The library verifies the signature over the manifest, and leaves the digest beside it unread. */
function assertMessageDigest(digest: Uint8Array, manifestSha256: string): void {
  if (Buffer.from(digest).toString("hex") === manifestSha256) return;
  refuse("message-digest", "signature", "the message digest in the bundle is not the manifest's");
}
