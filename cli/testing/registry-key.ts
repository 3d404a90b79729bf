import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { type KeySet, registryKeyId, signKeyRotation } from "#lib/signing/index.ts";

export type RegistryKeyPair = { privateKeyPem: string; entry: KeySet["keys"][number] };

/** A registry's own key, valid from a moment (RFC 3339) on. */
export function makeRegistryKey(notBefore: string): RegistryKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const keyId = registryKeyId(createPublicKey(publicKey));
  const entry = { keyId, spkiPem: publicKey, notBefore, notAfter: null, revokedAt: null, rotation: null };
  return { privateKeyPem: privateKey, entry };
}

export function keySetOf(...pairs: RegistryKeyPair[]): KeySet {
  return { keys: pairs.map((pair) => pair.entry) };
}

/** The set after the old key handed over to a new one, and the statement by which it did. */
export function rotate(old: RegistryKeyPair, next: RegistryKeyPair, registryId: string): KeySet {
  const { notBefore } = next.entry;
  const newSpkiPem = next.entry.spkiPem;
  const rotation = signKeyRotation({ registryId, oldPrivateKeyPem: old.privateKeyPem, newSpkiPem, notBefore });
  return {
    keys: [
      { ...old.entry, notAfter: notBefore },
      { ...next.entry, rotation: rotation.toString("base64") },
    ],
  };
}
