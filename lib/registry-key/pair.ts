import { generateKeyPairSync } from "node:crypto";
import { registryKeyId } from "#lib/signing/index.ts";

export type RegistryKeyPair = { keyId: string; spkiPem: string; privateKeyPem: string };

/** A new P-256 key pair; the private half as PKCS8 PEM. */
export function generateRegistryKey(): RegistryKeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    keyId: registryKeyId(publicKey),
    spkiPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
