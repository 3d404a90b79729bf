import { createHash, type KeyObject, sign } from "node:crypto";
import { BUNDLE_MEDIA_TYPES, PAYLOAD_TYPE_IN_TOTO } from "#lib/core/identifiers.ts";

/** DSSE v1 pre-authentication encoding: the bytes a DSSE signature covers (https://github.com/secure-systems-lab/dsse). */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, "utf8");
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload]);
}

/** base64(SHA-256(SPKI DER)): how bundles name a key, as cosign writes it. */
export function keyHint(publicKey: KeyObject): string {
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64");
}

/**
 * Signs an in-toto statement with a P-256 or RSA key and wraps it as a Sigstore bundle v0.3 without log or timestamp.
 * The envelope bears no key id: cosign computes ids of its own and takes a signature with another one for somebody else's.
 * Bytes differ at each call: ECDSA draws a nonce.
 */
export function signStatement(statement: object, privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const payload = Buffer.from(JSON.stringify(statement), "utf8");
  const hint = keyHint(publicKey);
  const sig = sign("sha256", preAuthEncoding(PAYLOAD_TYPE_IN_TOTO, payload), privateKey).toString("base64");
  const bundle = {
    mediaType: BUNDLE_MEDIA_TYPES[0],
    verificationMaterial: {
      publicKey: { hint },
      tlogEntries: [],
      timestampVerificationData: { rfc3161Timestamps: [] },
    },
    dsseEnvelope: {
      payload: payload.toString("base64"),
      payloadType: PAYLOAD_TYPE_IN_TOTO,
      signatures: [{ sig }],
    },
  };
  return Buffer.from(JSON.stringify(bundle), "utf8");
}
