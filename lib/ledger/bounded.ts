import { canonicalBytes } from "#lib/core/canonical-json.ts";

const maxDetailsBytes = 16 * 1024;

/**
 * Text from outside as the chain can hold it: well-formed, without control characters (Postgres refuses NUL), at most
 * `maxChars` UTF-16 units. Bidirectional and invisible characters stay; pages make those visible.
 */
export function boundText(text: string, maxChars: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
  const safe = text.toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
  return safe.length <= maxChars ? safe : `${safe.slice(0, maxChars - 1).toWellFormed()}…`;
}

/** Details as given, or, when they are larger than 16 KiB or have no JSON form, a note that says so. */
export function boundDetails(details: Record<string, unknown>): Record<string, unknown> {
  try {
    const size = canonicalBytes(details).byteLength;
    return size <= maxDetailsBytes ? details : { omitted: `${size} bytes` };
  } catch {
    return { omitted: "not representable" };
  }
}
