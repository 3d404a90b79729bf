import { createPublicKey, type KeyObject } from "node:crypto";
import { keyHint } from "#lib/signing/dsse.ts";
import { Refusal, refuse } from "#lib/signing/refusal.ts";
import type { ManagedKeyInput } from "#lib/signing/upload.ts";

export type KeyAlgorithm = "ecdsa-p256-sha256" | "rsa-sha256";

const minRsaBits = 3072;
const maxRsaBits = 8192;
const maxPemCharacters = 8 * 1024;

export type ImportedKey = { publicKey: KeyObject; algorithm: KeyAlgorithm; hint: string; spkiPem: string };

/**
 * Reads a publisher's public key. Only ECDSA P-256 and RSA of 3072 to 8192 bits, both with SHA-256: the library signs
 * and verifies DSSE with the default digest alone, so other curves and digests would fail or mean something else.
 * @param pem SPKI PEM. A private key is refused: it must never get here.
 * @throws Refusal key-unsupported
 */
export function importManagedKey(pem: string): ImportedKey {
  const publicKey = readPem(pem);
  const algorithm = readAlgorithm(publicKey);
  const spkiPem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return { publicKey, algorithm, hint: keyHint(publicKey), spkiPem };
}

function readPem(pem: string): KeyObject {
  if (pem.length > maxPemCharacters) refuse("key-unsupported", "signature", "the key is too large");
  if (!/^-----BEGIN (RSA )?PUBLIC KEY-----\r?\n/.test(pem.trimStart())) {
    refuse("key-unsupported", "signature", "a public key in PEM form is needed");
  }
  try {
    return createPublicKey({ key: pem, format: "pem" });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return refuse("key-unsupported", "signature", "the key cannot be read");
  }
}

function readAlgorithm(key: KeyObject): KeyAlgorithm {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === "ec" && details?.namedCurve === "prime256v1") return "ecdsa-p256-sha256";
  const bits = details?.modulusLength ?? 0;
  if (key.asymmetricKeyType === "rsa" && bits >= minRsaBits && bits <= maxRsaBits) return "rsa-sha256";
  return refuse("key-unsupported", "signature", "only ECDSA P-256 and RSA of 3072 bits or more are accepted");
}

/**
 * Whether a managed key was good at a moment: the verified timestamp where there is one, else receipt.
 * @param at milliseconds since the epoch
 * @throws Refusal
 */
export function assertManagedKeyAt(key: ManagedKeyInput, at: number): void {
  if (key.revokedAt !== null && at >= key.revokedAt) refuse("key-revoked", "signature", "the key was revoked by then");
  if (at < key.notBefore || (key.notAfter !== null && at >= key.notAfter)) {
    refuse("key-not-valid", "signature", "the key was not valid then");
  }
}
