import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const schema = z.strictObject({ superuser: z.string().min(32), owner: z.string().min(32), app: z.string().min(32) });

/** Passwords of the three database roles. */
export type Secrets = z.infer<typeof schema>;

/**
 * Reads the passwords of the embedded database from a 0600 file, made with random ones when missing. Two processes
 * that make it at once end with the same content.
 * @throws Error when the file exists and is not ours.
 */
export function loadSecrets(file: string): Secrets {
  const found = readSecrets(file);
  if (found) return found;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  const make = () => randomBytes(24).toString("base64url");
  writeFileSync(draft, JSON.stringify({ superuser: make(), owner: make(), app: make() }), { mode: 0o600 });
  try {
    // A hard link never replaces an existing file, so the first writer wins.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return loadSecrets(file);
}

function readSecrets(file: string): Secrets | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return schema.parse(JSON.parse(text));
}
