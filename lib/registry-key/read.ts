import { createPrivateKey, createPublicKey } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { keySetFile, privateKeyFile } from "#lib/registry-key/files.ts";
import { type KeySet, parseKeySet, registryKeyId } from "#lib/signing/index.ts";

export type RegistryPrivateKey = { keyId: string; privateKeyPem: string };

/**
 * The registry's public keys from the file beside its private key: the only ones to trust for reading.
 * @throws Error when the file is missing, malformed or of another registry.
 */
export async function readKeySet(dir: string, registryId: string): Promise<KeySet> {
  return readKeySetFile(path.join(dir, keySetFile), registryId);
}

/**
 * As `readKeySet`, from a file that may lie anywhere, such as the copy that readers are given.
 * @throws Error when the file is missing, malformed or of another registry.
 */
export async function readKeySetFile(file: string, registryId: string): Promise<KeySet> {
  const document = parseKeySet(await readFile(file));
  if (document.registryId !== registryId) throw new Error(`The registry keys in ${file} belong to another registry.`);
  return document.keySet;
}

/**
 * Loads the private key, for the one process that countersigns. Read at each use, so that a rotation takes effect at
 * once in every process.
 * @throws Error when others may read the file, or it is not the newest usable key of the key set.
 */
export async function loadRegistryKey(dir: string, registryId: string): Promise<RegistryPrivateKey> {
  const file = path.join(dir, privateKeyFile);
  await assertPrivate(file);
  const privateKeyPem = await readFile(file, "utf8");
  const keyId = registryKeyId(createPublicKey(createPrivateKey(privateKeyPem)));
  const newest = (await readKeySet(dir, registryId)).keys.at(-1);
  if (newest?.keyId !== keyId || newest.notAfter !== null || newest.revokedAt !== null) {
    throw new Error(`The private key in ${dir} is not the current key of the key set.`);
  }
  return { keyId, privateKeyPem };
}

async function assertPrivate(file: string): Promise<void> {
  if (process.platform === "win32") return;
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) throw new Error(`${file} can be read by other accounts: set its mode to 0600.`);
}
