import { verify } from "node:crypto";
import { z } from "zod";
import { BUNDLE_MEDIA_TYPES, PAYLOAD_TYPE_IN_TOTO, STATEMENT_TYPE_V1 } from "#lib/core/identifiers.ts";
import { parseStrictJson, StrictJsonError } from "#lib/core/strict-json.ts";
import { canonicalBase64 } from "#lib/signing/base64.ts";
import { preAuthEncoding } from "#lib/signing/dsse.ts";
import { importRegistryKey, type KeySet, type RegistryPublicKey } from "#lib/signing/key-set.ts";
import { describeIssue } from "#lib/signing/shape-issue.ts";

const maxEnvelopeBytes = 1024 * 1024;

const Envelope = z.strictObject({
  mediaType: z.literal(BUNDLE_MEDIA_TYPES[0] as string),
  verificationMaterial: z.strictObject({
    publicKey: z.strictObject({ hint: z.string().max(64) }),
    tlogEntries: z.array(z.never()).optional(),
    timestampVerificationData: z.strictObject({ rfc3161Timestamps: z.array(z.never()).optional() }).optional(),
  }),
  dsseEnvelope: z.strictObject({
    payload: canonicalBase64(maxEnvelopeBytes),
    payloadType: z.literal(PAYLOAD_TYPE_IN_TOTO),
    signatures: z.tuple([z.strictObject({ sig: canonicalBase64(1024), keyid: z.string().max(64).optional() })]),
  }),
});

const Statement = z.strictObject({
  _type: z.literal(STATEMENT_TYPE_V1),
  subject: z
    .array(
      z.strictObject({
        name: z.string().max(6000),
        digest: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
      }),
    )
    .min(1)
    .max(501),
  predicateType: z.string().max(4096),
  predicate: z.unknown(),
});
export type RegistryStatement = z.infer<typeof Statement>;

export type RegistryRefusal =
  | "malformed"
  | "key-unknown"
  | "key-revoked"
  | "key-not-valid"
  | "signature-invalid"
  | "statement-malformed"
  | "predicate-type"
  | "predicate"
  | "wrong-registry"
  | "wrong-manifest"
  | "wrong-key";

/** Thrown inside lib/signing; the doors return it as `{ok: false, code, detail}`. */
export class RegistryRefused extends Error {
  readonly code: RegistryRefusal;
  readonly detail: string;
  constructor(code: RegistryRefusal, detail: string) {
    super(`${code}: ${detail}`);
    this.name = "RegistryRefused";
    this.code = code;
    this.detail = detail;
  }
}

/**
 * Opens what the registry signed: strict JSON, exact shape, signature over the exact payload by a key of the set, then
 * the payload by the same rules. Uses node:crypto over the DSSE encoding instead of the Sigstore library: these bundles
 * never hold a certificate, log entry or timestamp, and the read plane opens every one of them at start.
 * Outer JSON may be re-encoded; no byte of payload, payload type or signature may differ.
 * @throws RegistryRefused
 */
export function openRegistryEnvelope(
  bundleBytes: Uint8Array,
  keySet: KeySet,
): { statement: RegistryStatement; key: RegistryPublicKey } {
  const { verificationMaterial, dsseEnvelope } = readShape(Envelope, bundleBytes, "malformed");
  const [{ sig, keyid }] = dsseEnvelope.signatures;
  const { hint } = verificationMaterial.publicKey;
  if (keyid && keyid !== hint) throw new RegistryRefused("malformed", "key id and key hint differ");
  const key = findKey(keySet, hint);
  const payload = Buffer.from(dsseEnvelope.payload, "base64");
  const signed = preAuthEncoding(dsseEnvelope.payloadType, payload);
  if (!verify("sha256", signed, importRegistryKey(key), Buffer.from(sig, "base64"))) {
    throw new RegistryRefused("signature-invalid", "the signature is not by the key it names over this payload");
  }
  return { statement: readShape(Statement, payload, "statement-malformed"), key };
}

function findKey(keySet: KeySet, hint: string): RegistryPublicKey {
  const keyId = Buffer.from(hint, "base64").toString("hex");
  const key = keySet.keys.find((candidate) => candidate.keyId === keyId);
  if (!key) throw new RegistryRefused("key-unknown", "no key of the key set signed this");
  if (key.revokedAt !== null) throw new RegistryRefused("key-revoked", "the key that signed this is revoked");
  return key;
}

function readShape<T>(shape: z.ZodType<T>, bytes: Uint8Array, code: RegistryRefusal): T {
  try {
    return shape.parse(parseStrictJson(bytes, { what: "document", maxBytes: maxEnvelopeBytes }));
  } catch (error) {
    if (error instanceof StrictJsonError) throw new RegistryRefused(code, error.detail);
    if (error instanceof z.ZodError) throw new RegistryRefused(code, `unexpected shape at ${describeIssue(error)}`);
    throw error;
  }
}

/**
 * @param signedAt RFC 3339: the time the signed statement bears.
 * @throws RegistryRefused
 */
export function assertKeyValidAt(key: RegistryPublicKey, signedAt: string): void {
  const at = Date.parse(signedAt);
  const begun = at >= Date.parse(key.notBefore);
  if (!begun || (key.notAfter !== null && at >= Date.parse(key.notAfter))) {
    throw new RegistryRefused("key-not-valid", "the key was not valid when this was signed");
  }
}
