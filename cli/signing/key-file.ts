import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { stat } from "node:fs/promises";
import { importManagedKey } from "#lib/signing/managed-key.ts";
import { Refusal } from "#lib/signing/refusal.ts";
import type { Scene } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { readInputFile } from "../files/read-file.ts";
import { askSecret } from "../terminal/ask.ts";
import { safe } from "../terminal/safe-text.ts";

const maxKeyFileBytes = 32 * 1024;

export type OpenedKey = { pem: string; passphrase: string | null };

/**
 * Reads a publisher's private key file. An encrypted one is opened with COUNTERSIGN_KEY_PASSPHRASE, or by asking.
 * @throws Failure when it cannot be opened, or is of a kind the registry does not accept.
 */
export async function openKeyFile({ terminal, env }: Scene, file: string): Promise<OpenedKey> {
  const pem = (await readInputFile(file, maxKeyFileBytes)).toString("utf8");
  if (!(await isPrivate(file))) terminal.note(safe`warning: others on this machine can read ${file}`);
  const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem);
  const passphrase = encrypted ? await findPassphrase({ terminal, env }, file) : null;
  publicKeyOf(pem, passphrase);
  return { pem, passphrase };
}

/** Public half of a private key, as the registry names it. @throws Failure */
export function publicKeyOf(pem: string, passphrase: string | null): { hint: string; spkiPem: string } {
  const privateKey = decrypt(pem, passphrase);
  const spki = createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString();
  try {
    const { hint, spkiPem } = importManagedKey(spki);
    return { hint, spkiPem };
  } catch (error) {
    if (error instanceof Refusal) throw new Failure(EXIT.usage, error.code, safe`${error.detail}`);
    throw error;
  }
}

async function findPassphrase({ terminal, env }: Pick<Scene, "terminal" | "env">, file: string): Promise<string> {
  if (env.COUNTERSIGN_KEY_PASSPHRASE) return env.COUNTERSIGN_KEY_PASSPHRASE;
  return askSecret(terminal, safe`Passphrase of ${file}`, safe`${file} is encrypted: set COUNTERSIGN_KEY_PASSPHRASE.`);
}

function decrypt(pem: string, passphrase: string | null): KeyObject {
  try {
    return createPrivateKey(passphrase === null ? pem : { key: pem, format: "pem", passphrase });
  } catch {
    const why = passphrase === null ? safe`it is no private key in PEM form` : safe`the passphrase is wrong`;
    throw new Failure(EXIT.usage, "key-unreadable", safe`Cannot open the key: ${why}.`);
  }
}

async function isPrivate(file: string): Promise<boolean> {
  return process.platform === "win32" || ((await stat(file)).mode & 0o077) === 0;
}
