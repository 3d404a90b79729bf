import { readFileSync } from "node:fs";
import { config } from "#lib/config/index.ts";

const minSecretCharacters = 32;
let known: { file: string; secret: string } | undefined;

/**
 * The instance's session secret: encrypts session cookies and seals TOTP secrets. Read once from its file.
 * @throws Error when the file is missing or too short: without it nobody can sign in.
 */
export function getInstanceSecret(): string {
  const file = config().sessionSecretFile;
  if (known?.file !== file) {
    const secret = readFileSync(file, "utf8").trim();
    if (secret.length < minSecretCharacters) throw new Error("The session secret is too short.");
    known = { file, secret };
  }
  return known.secret;
}
