import { access, chmod, open, rename } from "node:fs/promises";
import path from "node:path";

export const privateKeyFile = "registry.key";
/** The coming private key, until the key set that lists it is in place. */
export const nextPrivateKeyFile = "registry.key.next";
export const keySetFile = "key-set.json";

export async function hasFile(dir: string, name: string): Promise<boolean> {
  return access(path.join(dir, name)).then(
    () => true,
    () => false,
  );
}

/**
 * Replaces a file in one step: written beside it, flushed, renamed. A crash leaves the old file or the new one.
 * @param mode permissions of the new file, whatever the umask.
 */
export async function replaceFile(dir: string, name: string, content: string | Buffer, mode: number): Promise<void> {
  const temporary = path.join(/* turbopackIgnore: true */ dir, `.${name}.${process.pid}`);
  const file = await open(/* turbopackIgnore: true */ temporary, "w", mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(temporary, mode);
  await rename(temporary, path.join(dir, name));
}
