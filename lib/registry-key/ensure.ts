import { mkdir } from "node:fs/promises";
import { hasFile, keySetFile, nextPrivateKeyFile, privateKeyFile, replaceFile } from "#lib/registry-key/files.ts";
import { generateRegistryKey } from "#lib/registry-key/pair.ts";
import { loadRegistryKey, readKeySet } from "#lib/registry-key/read.ts";
import { finishRotation } from "#lib/registry-key/rotate.ts";
import { encodeKeySet, type KeySet } from "#lib/signing/index.ts";

export type KeyLocation = { dir: string; registryId: string };

/**
 * Makes the registry's first signing key where there is none (P-256; `registry.key`, mode 0600, and `key-set.json`), or
 * finishes what was interrupted, and returns the public keys. An existing key is never replaced.
 * @param options.now start of a new key's validity.
 * @throws Error when one of the two files is missing or they do not belong together.
 */
export async function ensureRegistryKey(options: KeyLocation & { now: Date }): Promise<KeySet> {
  const { dir, registryId } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const begun = (await hasFile(dir, privateKeyFile)) || (await hasFile(dir, keySetFile));
  if (!begun) await createFirstKey(options);
  await finishRotation(options);
  await loadRegistryKey(dir, registryId);
  return readKeySet(dir, registryId);
}

/** The key set before the private key's last name: a crash between leaves something `finishRotation` can complete. */
async function createFirstKey({ dir, registryId, now }: KeyLocation & { now: Date }): Promise<void> {
  const { keyId, spkiPem, privateKeyPem } = generateRegistryKey();
  const notBefore = now.toISOString();
  const key = { keyId, spkiPem, notBefore, notAfter: null, revokedAt: null, rotation: null };
  await replaceFile(dir, nextPrivateKeyFile, privateKeyPem, 0o600);
  await replaceFile(dir, keySetFile, encodeKeySet({ keys: [key] }, registryId), 0o644);
}
