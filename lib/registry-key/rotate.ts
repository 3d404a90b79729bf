import { createPrivateKey, createPublicKey } from "node:crypto";
import { readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { hasFile, keySetFile, nextPrivateKeyFile, privateKeyFile, replaceFile } from "#lib/registry-key/files.ts";
import { generateRegistryKey } from "#lib/registry-key/pair.ts";
import { loadRegistryKey, readKeySet } from "#lib/registry-key/read.ts";
import { encodeKeySet, type KeySet, registryKeyId, signKeyRotation } from "#lib/signing/index.ts";

/**
 * Replaces the signing key: the old one vouches for the new one and signs nothing dated `at` or later; the old private
 * key is gone afterwards. What it signed before stays valid.
 * @param options.at must be later than every countersignature made with the old key.
 * @returns the new key set, its newest key last.
 */
export async function rotateKeyFiles(options: { dir: string; registryId: string; at: Date }): Promise<KeySet> {
  const { dir, registryId } = options;
  const at = options.at.toISOString();
  const old = await loadRegistryKey(dir, registryId);
  const { keys } = await readKeySet(dir, registryId);
  const next = generateRegistryKey();
  const rotation = signKeyRotation({
    registryId,
    oldPrivateKeyPem: old.privateKeyPem,
    newSpkiPem: next.spkiPem,
    notBefore: at,
  });
  const rotated = keys.map((key) => (key.keyId === old.keyId ? { ...key, notAfter: at } : key));
  const added = { keyId: next.keyId, spkiPem: next.spkiPem, notBefore: at, notAfter: null, revokedAt: null };
  const keySet: KeySet = { keys: [...rotated, { ...added, rotation: rotation.toString("base64") }] };
  await replaceFile(dir, nextPrivateKeyFile, next.privateKeyPem, 0o600);
  await replaceFile(dir, keySetFile, encodeKeySet(keySet, registryId), 0o644);
  await finishRotation({ dir, registryId });
  return keySet;
}

/**
 * Gives the next private key its name once the key set lists it as the newest; discards one that never got that far.
 * Idempotent, and safe after a crash at any step before.
 */
export async function finishRotation({ dir, registryId }: { dir: string; registryId: string }): Promise<void> {
  if (!(await hasFile(dir, nextPrivateKeyFile))) return;
  const next = path.join(dir, nextPrivateKeyFile);
  const keyId = registryKeyId(createPublicKey(createPrivateKey(await readFile(next, "utf8"))));
  const newest = (await readKeySet(dir, registryId)).keys.at(-1);
  if (newest?.keyId === keyId) await rename(next, path.join(dir, privateKeyFile));
  else await rm(next);
}
