import { z } from "zod";
import { canonicalBase64 } from "#lib/signing/base64.ts";

/**
 * The exact shape of a Sigstore bundle as accepted on upload
 * (https://github.com/sigstore/protobuf-specs/blob/main/protos/sigstore_bundle.proto), with a cap on every field.
 * The library tolerates unknown members, any media type with the right prefix and unbounded lists; two readers could
 * then see two bundles, and a crafted one can keep it busy for minutes.
 */
const maxCertificateBytes = 8 * 1024;
const maxTimestampBytes = 16 * 1024;
const maxEntryBytes = 64 * 1024;
const maxCheckpointCharacters = 8 * 1024;
const maxEntries = 4;

const integer = z.string().regex(/^(0|[1-9][0-9]{0,14})$/);
const hash = canonicalBase64(64);
const rawBytes = z.strictObject({ rawBytes: canonicalBase64(maxCertificateBytes) });

/** Zero and empty are left out by writers of protobuf JSON, hence the optional members. */
const inclusionProof = z.strictObject({
  logIndex: integer.optional(),
  rootHash: hash,
  treeSize: integer,
  hashes: z.array(hash).max(64).optional(),
  checkpoint: z.strictObject({ envelope: z.string().min(1).max(maxCheckpointCharacters) }),
});

const tlogEntry = z.strictObject({
  logIndex: integer.optional(),
  logId: z.strictObject({ keyId: hash }),
  kindVersion: z.strictObject({ kind: z.string().max(32), version: z.string().max(16) }),
  integratedTime: integer.optional(),
  inclusionPromise: z.strictObject({ signedEntryTimestamp: canonicalBase64(1024) }).optional(),
  inclusionProof,
  canonicalizedBody: canonicalBase64(maxEntryBytes),
});

const verificationMaterial = z.strictObject({
  certificate: rawBytes.optional(),
  x509CertificateChain: z.strictObject({ certificates: z.array(rawBytes).min(1).max(4) }).optional(),
  publicKey: z.strictObject({ hint: z.string().min(1).max(256) }).optional(),
  tlogEntries: z.array(tlogEntry).max(maxEntries).optional(),
  timestampVerificationData: z
    .strictObject({
      rfc3161Timestamps: z
        .array(z.strictObject({ signedTimestamp: canonicalBase64(maxTimestampBytes) }))
        .max(maxEntries)
        .optional(),
    })
    .optional(),
});

const signature = z.strictObject({ sig: canonicalBase64(1024), keyid: z.string().max(256).optional() });

export const BundleShape = z.strictObject({
  mediaType: z.string(),
  verificationMaterial,
  dsseEnvelope: z
    .strictObject({
      payload: canonicalBase64(96 * 1024),
      payloadType: z.string().max(256),
      signatures: z.tuple([signature]),
    })
    .optional(),
  messageSignature: z
    .strictObject({
      messageDigest: z.strictObject({ algorithm: z.literal("SHA2_256"), digest: canonicalBase64(32) }),
      signature: canonicalBase64(1024),
    })
    .optional(),
});
export type BundleShape = z.infer<typeof BundleShape>;
