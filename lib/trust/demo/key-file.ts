import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A P-256 key of the demo, kept in a file of mode 0600. */
export type DemoKey = { privateKey: KeyObject; publicKey: KeyObject; spki: Buffer };

/** Reads a key, or makes it at the first call. The folder is made with mode 0700. */
export function openKey(dir: string, name: string): DemoKey {
  const pem = openFile(dir, `${name}.pem`, () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  });
  const privateKey = createPrivateKey(pem.toString());
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, spki: publicKey.export({ type: "spki", format: "der" }) };
}

/** Bytes that are made once and then stay the same. */
export function openFile(dir: string, name: string, make: () => string | Uint8Array): Buffer {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, name);
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600 });
  return readFileSync(file);
}

export function signSha256(key: DemoKey, bytes: Uint8Array): Buffer {
  return sign("sha256", bytes, key.privateKey);
}

export function sha256(...parts: Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
