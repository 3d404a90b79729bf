import { PUBLISHER_META_KEY } from "#lib/core/identifiers.ts";
import { isJsonObject, readObject } from "#lib/manifest/fields.ts";
import type { Report } from "#lib/manifest/report.ts";

const maxPublisherMetaBytes = 4096;

/** `_meta` may hold one key, the publisher's own, of at most 4 KB of JSON. */
export function checkMeta(report: Report, value: unknown): void {
  const meta = readObject(report, ["_meta"], value, { known: [PUBLISHER_META_KEY] });
  const given = meta?.[PUBLISHER_META_KEY];
  if (given === undefined) return;
  const path = ["_meta", PUBLISHER_META_KEY];
  if (!isJsonObject(given)) return report(path, "schema-type-mismatch", "must be an object");
  const size = Buffer.byteLength(JSON.stringify(given), "utf8");
  if (size > maxPublisherMetaBytes) {
    report(path, "publisher-meta-too-large", `must be at most ${maxPublisherMetaBytes} bytes of JSON, is ${size}`);
  }
}
