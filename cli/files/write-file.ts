import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { safe } from "../terminal/safe-text.ts";

/** Writes a file that must not be there yet, so that no key or evidence is ever overwritten. */
export async function writeNewFile(file: string, bytes: string | Uint8Array, mode = 0o644): Promise<void> {
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    const handle = await open(file, "wx", mode);
    await handle.writeFile(bytes);
    await handle.close();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "EEXIST" ? safe`it exists, and is not overwritten` : safe`${code ?? "unknown reason"}`;
    throw new Failure(EXIT.usage, "file-unwritable", safe`Cannot write ${file}: ${reason}.`, { cause: error });
  }
}
