import type { Bundle } from "@sigstore/bundle";
import { sha256Hex } from "#lib/core/digest.ts";
import { readCertificateIdentity } from "#lib/signing/certificate-identity.ts";
import { LibraryRefusal, runLibrary } from "#lib/signing/library.ts";
import { importManagedKey } from "#lib/signing/managed-key.ts";
import { toManagedKeyRoot } from "#lib/signing/managed-keys-document.ts";
import { quote } from "#lib/signing/quote.ts";
import { refuse } from "#lib/signing/refusal.ts";
import { emptyTrustedRoot, readTrustedRoot } from "#lib/signing/trusted-root.ts";
import type { ManagedKeyInput, TrustRootInput, TrustThresholds } from "#lib/signing/upload.ts";
import type { TrustRootRef, VerifiedIdentity } from "#lib/signing/view.ts";

/** Who verifiably made the signature, and with what trust material that was established. */
export type VerifiedSigner = {
  identity: VerifiedIdentity;
  trustRoot: TrustRootRef & { bytes: Uint8Array };
  managedKey: ManagedKeyInput | null;
};

const noWitness: TrustThresholds = { tlog: 0, ctlog: 0, timestamp: 0 };

/**
 * Verifies signature, log entries and times, by each trust root in turn for a certificate, by the named managed key
 * otherwise. The dates of a managed key and the freshness of the signature are the caller's to judge.
 * @throws Refusal
 */
export function verifySigner(
  bundle: Bundle,
  artifact: Uint8Array,
  trust: { trustRoots: readonly TrustRootInput[]; managedKeys: readonly ManagedKeyInput[] },
): VerifiedSigner {
  const { content } = bundle.verificationMaterial;
  if (content.$case === "publicKey") {
    const key = findManagedKey(bundle, content.publicKey.hint, trust.managedKeys);
    return verifyByKey(bundle, artifact, key, trust.trustRoots);
  }
  const leaf = content.$case === "certificate" ? content.certificate : content.x509CertificateChain.certificates[0];
  return verifyByCertificate(bundle, artifact, leaf?.rawBytes ?? Buffer.alloc(0), trust.trustRoots);
}

function verifyByCertificate(
  bundle: Bundle,
  artifact: Uint8Array,
  der: Uint8Array,
  roots: readonly TrustRootInput[],
): VerifiedSigner {
  const verified = findVerifyingRoots(bundle, artifact, roots);
  const identity = readCertificateIdentity(der);
  const root = verified.find(({ issuers }) => issuers.includes(identity.issuer));
  if (!root) {
    const names = verified.map(({ slug }) => quote(slug)).join(", ");
    refuse("issuer-not-allowed", "certificate", `${names} may not speak for issuer ${quote(identity.issuer)}`);
  }
  const { slug, label, version, sha256, demo, bytes } = root;
  return { identity, trustRoot: { slug, label, version, sha256, demo, bytes }, managedKey: null };
}

/** A certificate without any verified time would be judged at no time at all, so the threshold is never below 1. */
function findVerifyingRoots(
  bundle: Bundle,
  artifact: Uint8Array,
  roots: readonly TrustRootInput[],
): readonly TrustRootInput[] {
  return collectVerifying(roots, (root) => {
    const thresholds = { ...root.thresholds, timestamp: Math.max(1, root.thresholds.timestamp) };
    runLibrary(bundle, artifact, readRoot(root), thresholds);
  });
}

function verifyByKey(
  bundle: Bundle,
  artifact: Uint8Array,
  key: ManagedKeyInput,
  roots: readonly TrustRootInput[],
): VerifiedSigner {
  const { publicKey, algorithm, hint } = importManagedKey(key.spkiPem);
  if (hint !== key.hint) refuse("key-id-mismatch", "signature", "the key's hint is not the digest of the key");
  const identity = { kind: "key", hint, keyId: key.id, label: key.label, algorithm } as const;
  if (!hasWitness(bundle)) {
    runLibrary(bundle, artifact, emptyTrustedRoot(), noWitness, publicKey);
    return { identity, trustRoot: toManagedKeyRoot(key, null), managedKey: key };
  }
  // Whatever log entries and timestamps are there must verify; thresholds only say how many must be there.
  const [witness] = collectVerifying(roots, (root) => {
    runLibrary(bundle, artifact, readRoot(root), noWitness, publicKey);
  });
  return { identity, trustRoot: toManagedKeyRoot(key, witness ?? null), managedKey: key };
}

/** A DSSE key id, where there is one (cosign writes none), must name the same key as the bundle. */
function findManagedKey(bundle: Bundle, hint: string, keys: readonly ManagedKeyInput[]): ManagedKeyInput {
  if (bundle.content.$case === "dsseEnvelope") {
    const keyid = bundle.content.dsseEnvelope.signatures[0]?.keyid ?? "";
    if (keyid !== "" && keyid !== hint) {
      refuse("key-id-mismatch", "signature", `key id is ${quote(keyid)}, the bundle names ${quote(hint)}`);
    }
  }
  const key = keys.find((candidate) => candidate.hint === hint);
  return key ?? refuse("key-unknown", "signature", `no managed key here has hint ${quote(hint)}`);
}

function hasWitness({ verificationMaterial: material }: Bundle): boolean {
  const stamps = material.timestampVerificationData?.rfc3161Timestamps ?? [];
  return material.tlogEntries.length + stamps.length > 0;
}

function readRoot(root: TrustRootInput) {
  if (sha256Hex(root.bytes) !== root.sha256) {
    refuse("verification-failed", "signature", `trust root ${quote(root.slug)} does not have its digest`);
  }
  return readTrustedRoot(root.bytes);
}

/** The roots that verify, never none: else the refusal that came furthest. */
function collectVerifying(
  roots: readonly TrustRootInput[],
  verify: (root: TrustRootInput) => void,
): readonly TrustRootInput[] {
  let closest: LibraryRefusal | null = null;
  const verified = roots.filter((root) => {
    try {
      verify(root);
      return true;
    } catch (error) {
      if (!(error instanceof LibraryRefusal)) throw error;
      if (closest === null || error.rank > closest.rank) closest = error;
      return false;
    }
  });
  if (verified.length > 0) return verified;
  throw closest ?? new LibraryRefusal("certificate-untrusted", "no trust root is configured for this signature", 0);
}
