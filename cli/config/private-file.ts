import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { parseStrictJson } from "#lib/core/strict-json.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { safe, safeCommand } from "../terminal/safe-text.ts";

const maxBytes = 1024 * 1024;

/**
 * A JSON file only its owner may read. Null when there is none.
 * @throws Failure when others may read it, or it is no JSON.
 */
export async function readPrivateJson(file: string): Promise<unknown> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new Failure(EXIT.usage, "file-unreadable", safe`Cannot read ${file}: ${error.code}.`);
  });
  if (!handle) return null;
  try {
    const { mode, size } = await handle.stat();
    if (process.platform !== "win32" && (mode & 0o077) !== 0) throw openToOthers(file);
    if (size > maxBytes) throw new Failure(EXIT.usage, "file-unreadable", safe`${file} is too large.`);
    return parseStrictJson(await handle.readFile(), { what: "file", maxBytes, caseVariants: "allow" });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(EXIT.usage, "file-unreadable", safe`${file} is not a file of this command.`, { cause: error });
  } finally {
    await handle.close();
  }
}

function openToOthers(file: string): Failure {
  const command = safeCommand(["chmod", "600", file]);
  const lines = command ? [command] : [];
  return new Failure(EXIT.usage, "file-not-private", safe`Others on this machine can read ${file}.`, { lines });
}

/** Replaces the file in one step, mode 0600 in a folder of mode 0700. A crash leaves the old or the new one. */
export async function writePrivateJson(file: string, value: object): Promise<void> {
  const dir = path.dirname(file);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const draft = path.join(dir, `.${path.basename(file)}.${randomBytes(6).toString("hex")}`);
  try {
    const handle = await open(draft, "wx", 0o600);
    await handle.writeFile(`${JSON.stringify(value, null, 2)}\n`);
    await handle.sync();
    await handle.close();
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw new Failure(EXIT.usage, "file-unwritable", safe`Cannot write ${file}.`, { cause: error });
  }
}

/** Whether something is there already. */
export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
