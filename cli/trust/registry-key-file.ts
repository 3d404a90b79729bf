import { createPublicKey } from "node:crypto";
import { type KeySet, parseKeySet, registryKeyId } from "#lib/signing/index.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { readInputFile } from "../files/read-file.ts";
import { safe } from "../terminal/safe-text.ts";

const maxKeyFileBytes = 256 * 1024;

/** What --registry-key names: a whole key set with its registry, or one public key in PEM form. */
export type GivenKeys = { registryId: string | null; keySet: KeySet; single: boolean };

/**
 * Reads a key set document, or a PEM public key (P-256), which is then taken as valid at any time.
 * @throws Failure when the file is neither.
 */
export async function readRegistryKeyFile(file: string): Promise<GivenKeys> {
  const bytes = await readInputFile(file, maxKeyFileBytes);
  const text = bytes.toString("utf8").trimStart();
  try {
    if (!text.startsWith("-----BEGIN PUBLIC KEY-----")) return { ...parseKeySet(bytes), single: false };
    return { registryId: null, keySet: { keys: [fromPem(text)] }, single: true };
  } catch (error) {
    const message = safe`${file} is neither a key set of a registry nor a P-256 public key in PEM form.`;
    throw new Failure(EXIT.usage, "registry-key-unreadable", message, { cause: error });
  }
}

function fromPem(pem: string): KeySet["keys"][number] {
  const publicKey = createPublicKey(pem);
  if (publicKey.asymmetricKeyDetails?.namedCurve !== "prime256v1") throw new Error("not a P-256 key");
  return {
    keyId: registryKeyId(publicKey),
    spkiPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    notBefore: "1970-01-01T00:00:00.000Z",
    notAfter: null,
    revokedAt: null,
    rotation: null,
  };
}
