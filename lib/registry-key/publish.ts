import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { keySetFile, replaceFile } from "#lib/registry-key/files.ts";

/**
 * Copies the public key set to where readers look for it, in one step and byte for byte; nothing when that is the file
 * beside the private key itself. The private key stays where it is.
 * @param options.file path of the copy; its folder is made when missing.
 * @throws Error when the original is missing or the copy cannot be written.
 */
export async function publishKeySet({ dir, file }: { dir: string; file: string }): Promise<void> {
  const original = path.join(dir, keySetFile);
  if (path.resolve(file) === path.resolve(original)) return;
  const bytes = await readFile(original);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o755 });
  await replaceFile(path.dirname(file), path.basename(file), bytes, 0o644);
}
