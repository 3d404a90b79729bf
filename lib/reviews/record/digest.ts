import { canonicalBytes } from "#lib/core/canonical-json.ts";
import { type Digest, digestOf } from "#lib/core/digest.ts";
import type { ReviewRecord } from "#lib/reviews/view.ts";

export type SealedRecord = { record: ReviewRecord; bytes: Buffer; digest: Digest };

/** A record with its RFC 8785 bytes and their digest: what an approval is of. */
export function sealRecord(record: ReviewRecord): SealedRecord {
  const bytes = canonicalBytes(record);
  return { record, bytes, digest: digestOf(bytes) };
}
