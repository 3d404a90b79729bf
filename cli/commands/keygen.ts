import { generateKeyPairSync } from "node:crypto";
import type { Command, Scene } from "../command.ts";
import { exists } from "../config/private-file.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { writeNewFile } from "../files/write-file.ts";
import { publicKeyOf } from "../signing/key-file.ts";
import { askSecret } from "../terminal/ask.ts";
import { safe, safeBlock, safeTable } from "../terminal/safe-text.ts";

const minPassphraseLength = 12;

/** Makes a publisher's key pair: ECDSA P-256, private key PKCS8 in a file of mode 0600, public key beside it. */
export const keygen: Command<{ out: string; passphrase: boolean }> = async (scene, { out, passphrase: protect }) => {
  const publicFile = `${out}.pub`;
  for (const file of [out, publicFile]) await assertFree(file);
  const passphrase = protect ? await choosePassphrase(scene) : null;
  const privateKeyPem = generatePem(passphrase);
  const { hint, spkiPem } = publicKeyOf(privateKeyPem, passphrase);
  await writeNewFile(out, privateKeyPem, 0o600);
  await writeNewFile(publicFile, spkiPem);
  const { terminal } = scene;
  terminal.result({ ok: true, privateKeyFile: out, publicKeyFile: publicFile, hint, publicKeyPem: spkiPem });
  const rows = safeTable([
    ["private key", safe`${out}${passphrase === null ? " (not encrypted)" : " (encrypted)"}`],
    ["public key", safe`${publicFile}`],
    ["hint", safe`${hint}`],
  ]);
  terminal.print(safe`Key made.`, ...rows, safe``, safeBlock(spkiPem.trimEnd()), safe``);
  terminal.print(safe`Give the public key to an owner of your namespace; keep the private key to yourself.`);
  return EXIT.done;
};

/** Before anything is asked or made: half a pair is of no use. */
async function assertFree(file: string): Promise<void> {
  if (!(await exists(file))) return;
  throw new Failure(EXIT.usage, "file-unwritable", safe`${file} exists, and is not overwritten.`);
}

function generatePem(passphrase: string | null): string {
  const encryption = passphrase === null ? {} : { cipher: "aes-256-cbc", passphrase };
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem", ...encryption },
  });
  return privateKey;
}

async function choosePassphrase({ terminal, env }: Scene): Promise<string> {
  const given = env.COUNTERSIGN_KEY_PASSPHRASE;
  if (given) return assertLongEnough(given);
  const otherwise = safe`Set COUNTERSIGN_KEY_PASSPHRASE, or say --no-passphrase.`;
  const first = assertLongEnough(await askSecret(terminal, safe`Passphrase for the new key`, otherwise));
  const second = await askSecret(terminal, safe`The same passphrase again`, otherwise);
  if (first === second) return first;
  throw new Failure(EXIT.usage, "passphrase-differs", safe`The two passphrases differ.`);
}

function assertLongEnough(passphrase: string): string {
  if (passphrase.length >= minPassphraseLength) return passphrase;
  throw new Failure(
    EXIT.usage,
    "passphrase-too-short",
    safe`A passphrase has at least ${minPassphraseLength} characters.`,
  );
}
