import { z } from "zod";
import { canonicalBytes } from "#lib/core/canonical-json.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { MANAGED_KEYS_MEDIA_TYPE } from "#lib/core/identifiers.ts";
import { parseStrictJson } from "#lib/core/strict-json.ts";
import type { ManagedKeyInput, TrustRootInput } from "#lib/signing/upload.ts";
import type { TrustRootRef } from "#lib/signing/view.ts";

export const managedKeySlug = "managed-key";
const maxDocumentBytes = 2 * 1024 * 1024;

const Key = z.strictObject({
  id: z.string().min(1).max(200),
  label: z.string().max(500),
  hint: z.string().max(64),
  spkiPem: z.string().max(8 * 1024),
  algorithm: z.string().max(64),
  notBefore: z.int(),
  notAfter: z.int().nullable(),
  revokedAt: z.int().nullable(),
}) satisfies z.ZodType<ManagedKeyInput>;

const Document = z.strictObject({
  mediaType: z.literal(MANAGED_KEYS_MEDIA_TYPE),
  keys: z.array(Key).min(1).max(64),
  /** base64 of the trusted_root.json whose log or timestamp authority dated the signature; null without one. */
  witnessRoot: z.base64().nullable(),
});

/** The trust material a managed-key signature was verified with: keys, and who dated it. */
export type ManagedKeysDocument = { keys: ManagedKeyInput[]; witnessRoot: Uint8Array | null };

/** Equal material gives equal bytes, so the digest names the material. Times are milliseconds since the epoch. */
export function encodeManagedKeys({ keys, witnessRoot }: ManagedKeysDocument): Buffer {
  const root = witnessRoot === null ? null : Buffer.from(witnessRoot).toString("base64");
  return canonicalBytes(Document.parse({ mediaType: MANAGED_KEYS_MEDIA_TYPE, keys, witnessRoot: root }));
}

/** @throws Error when the bytes are no managed-keys document. */
export function decodeManagedKeys(bytes: Uint8Array): ManagedKeysDocument {
  const json = parseStrictJson(bytes, { what: "managed keys", maxBytes: maxDocumentBytes });
  const { keys, witnessRoot } = Document.parse(json);
  return { keys, witnessRoot: witnessRoot === null ? null : Buffer.from(witnessRoot, "base64") };
}

/** The trust root a managed-key signature is recorded with. */
export function toManagedKeyRoot(
  key: ManagedKeyInput,
  witness: TrustRootInput | null,
): TrustRootRef & { bytes: Uint8Array } {
  const bytes = encodeManagedKeys({ keys: [key], witnessRoot: witness?.bytes ?? null });
  const label = witness === null ? "Managed key" : `Managed key, dated by ${witness.label}`;
  return { slug: managedKeySlug, label, version: 1, sha256: sha256Hex(bytes), demo: witness?.demo ?? false, bytes };
}
