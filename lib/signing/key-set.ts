import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { KEY_SET_MEDIA_TYPE } from "#lib/core/identifiers.ts";
import { parseStrictJson } from "#lib/core/strict-json.ts";

const maxKeySetBytes = 256 * 1024;
const time = z.iso.datetime();

export const RegistryPublicKey = z.strictObject({
  /** Hex SHA-256 of the SPKI DER. */
  keyId: z.string().regex(/^[0-9a-f]{64}$/),
  spkiPem: z.string().max(1000),
  notBefore: time,
  /** No approval dated at or after this counts. Set when the next key takes over. */
  notAfter: time.nullable(),
  /** Stolen: nothing it signed counts any more, whatever date it bears. */
  revokedAt: time.nullable(),
  /** Bundle (base64) by which the key before vouches for this one; null for the first. */
  rotation: z
    .base64()
    .max(64 * 1024)
    .nullable(),
});
export type RegistryPublicKey = z.infer<typeof RegistryPublicKey>;

export const KeySet = z.strictObject({ keys: z.array(RegistryPublicKey).min(1).max(64) });
/** Public keys of one registry. Where it comes from decides its worth: pin it, never take it from the database. */
export type KeySet = z.infer<typeof KeySet>;

const KeySetDocument = KeySet.extend({ mediaType: z.literal(KEY_SET_MEDIA_TYPE), registry: z.string().max(2048) });

/** The document the registry serves and clients pin. */
export function encodeKeySet(keySet: KeySet, registryId: string): Buffer {
  const document = { mediaType: KEY_SET_MEDIA_TYPE, registry: registryId, keys: keySet.keys };
  return Buffer.from(`${JSON.stringify(KeySetDocument.parse(document), null, 2)}\n`);
}

/**
 * Reads a key set document strictly: unknown members, wrong key ids and keys that are not P-256 are refused.
 * Rotations in it are not checked: see key-rotation.ts.
 * @throws Error when it is not such a document.
 */
export function parseKeySet(bytes: Uint8Array): { registryId: string; keySet: KeySet } {
  const document = KeySetDocument.parse(parseStrictJson(bytes, { what: "key set", maxBytes: maxKeySetBytes }));
  for (const key of document.keys) importRegistryKey(key);
  return { registryId: document.registry, keySet: { keys: document.keys } };
}

/** Importing costs as much as a verification, and the read plane verifies thousands with the same few keys. */
const imported = new WeakMap<RegistryPublicKey, KeyObject>();

/** @throws Error when the key is not P-256 or its id is not the digest of its bytes. */
export function importRegistryKey(key: RegistryPublicKey): KeyObject {
  const known = imported.get(key);
  if (known) return known;
  const publicKey = createPublicKey({ key: key.spkiPem, format: "pem" });
  if (publicKey.asymmetricKeyDetails?.namedCurve !== "prime256v1") throw new Error("registry key is not P-256");
  if (registryKeyId(publicKey) !== key.keyId) throw new Error("registry key id is not the digest of the key");
  imported.set(key, publicKey);
  return publicKey;
}

/** Hex SHA-256 of the SPKI DER: the id of a registry key. */
export function registryKeyId(publicKey: KeyObject): string {
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
}
