import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { sha256Hex } from "#lib/core/digest.ts";
import { publishPredicateType, STATEMENT_TYPE_V1 } from "#lib/core/identifiers.ts";
import { signStatement } from "#lib/signing/dsse.ts";
import { importManagedKey, type KeyAlgorithm } from "#lib/signing/managed-key.ts";

/** Turns an in-toto statement into the bytes of a Sigstore bundle. */
export type PublishSigner = { sign: (statement: object) => Promise<Buffer> };

/**
 * States that this manifest is to be published at this registry under this name and version, and signs that.
 * Does not check that the manifest says the same: the registry does.
 * @param options.manifestBytes exactly as they will be uploaded
 * @returns bytes of a Sigstore bundle v0.3
 */
export function signPublishStatement(options: {
  manifestBytes: Uint8Array;
  name: string;
  version: string;
  registryId: string;
  signer: PublishSigner;
}): Promise<Buffer> {
  const { manifestBytes, name, version, registryId, signer } = options;
  return signer.sign({
    _type: STATEMENT_TYPE_V1,
    subject: [{ name: "server.json", digest: { sha256: sha256Hex(manifestBytes) } }],
    predicateType: publishPredicateType(registryId),
    predicate: { registry: registryId, name, version },
  });
}

/** What a registry must know of a publisher's key, and the signer that uses it. */
export type ManagedKeySigner = PublishSigner & { hint: string; spkiPem: string; algorithm: KeyAlgorithm };

/**
 * Signer with a long-lived key of the publisher's own. The signature bears no time: it is judged at receipt.
 * @param privateKeyPem PKCS8, PKCS1 or SEC1 PEM; `passphrase` when it is encrypted
 * @throws Error when the key or passphrase is wrong, Refusal when its kind is not accepted
 */
export function managedKeySigner(privateKeyPem: string, passphrase?: string): ManagedKeySigner {
  const privateKey = readPrivateKey(privateKeyPem, passphrase);
  const publicKey = createPublicKey(privateKey);
  const spki = publicKey.export({ type: "spki", format: "pem" }).toString();
  const { hint, spkiPem, algorithm } = importManagedKey(spki);
  return { hint, spkiPem, algorithm, sign: async (statement) => signStatement(statement, privateKey, publicKey) };
}

function readPrivateKey(key: string, passphrase: string | undefined): KeyObject {
  return createPrivateKey({ key, format: "pem", ...(passphrase === undefined ? {} : { passphrase }) });
}
