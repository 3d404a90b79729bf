import type { Selection } from "#lib/channels/selection.ts";
import { canonicalBytes } from "#lib/core/canonical-json.ts";
import { sha256Hex } from "#lib/core/digest.ts";

const maxRecordedBytes = 16 * 1024;

/** A selection as the ledger keeps it: whole, or of a very long one its digest and size. */
export function toSelectionFacts(selection: Selection): Record<string, unknown> {
  const bytes = canonicalBytes(selection);
  if (bytes.byteLength <= maxRecordedBytes) return selection;
  return { sha256: sha256Hex(bytes), include: selection.include.length, exclude: selection.exclude.length };
}
