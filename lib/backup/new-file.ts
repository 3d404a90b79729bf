import { createHash, randomBytes } from "node:crypto";
import { access, type FileHandle, link, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { DomainError } from "#lib/core/errors.ts";

export type Written = { bytes: number; sha256: string };

/** A file on its way: everything goes to its end. */
export class NewFile {
  readonly #handle: FileHandle;
  readonly #hash = createHash("sha256");
  #bytes = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async add(bytes: Uint8Array): Promise<void> {
    await this.#handle.writeFile(bytes);
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  written(): Written {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest("hex") };
  }
}

/**
 * Writes a file only this account can read. It gets its name when it is whole and on disk; nothing is ever replaced, and
 * when `write` throws nothing is left.
 * @throws DomainError `conflict` when there is such a file.
 */
export async function writeNewFile(file: string, write: (file: NewFile) => Promise<void>): Promise<Written> {
  if (await exists(file)) throw taken(file);
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString("hex")}`);
  const handle = await open(draft, "wx", 0o600);
  try {
    const target = new NewFile(handle);
    await write(target);
    await handle.sync();
    await giveName(draft, file);
    return target.written();
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
}

const withoutLinks = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/** A link, unlike a rename, replaces nothing; but not every file system has them. */
async function giveName(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || (await exists(file))) throw taken(file);
    if (!withoutLinks.includes(code)) throw error;
    await rename(draft, file);
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function taken(file: string): DomainError {
  return new DomainError("conflict", `${file} exists already. A backup replaces nothing.`);
}
