import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { StartError } from "#lib/boot/start-error.ts";

/**
 * Makes sure the file with the session secret exists: 32 random bytes as base64url, mode 0600. It seals sessions and
 * second factors, so losing it signs everybody out and asks them to enrol again.
 * @throws StartError when the file is open to other accounts or too short.
 */
export function ensureSessionSecret(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return createSecret(file);
  if ((found.mode & 0o077) !== 0) throw new StartError(`${file} can be read by other accounts: run chmod 600 on it.`);
  if (readFileSync(file, "utf8").trim().length < 32) throw new StartError(`${file} holds less than 32 characters.`);
}

function createSecret(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  try {
    // A hard link never replaces: of two starts at once, the first one's secret stays.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
