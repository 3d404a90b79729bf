import type { JsonPath } from "#lib/core/json-pointer.ts";
import { readText } from "#lib/manifest/fields.ts";
import { quote, type Report } from "#lib/manifest/report.ts";

const printable = /^[\x21-\x7e]*$/;
const number = String.raw`v?\d+(?:\.\d+){0,3}(?:-[0-9A-Za-z.-]+)?`;
const comparator = new RegExp(`^(?:\\^|~|>=|<=|>|<|=)\\s*${number}$`);
const single = new RegExp(`^${number}$`);
const hyphenRange = new RegExp(`^${number}\\s-\\s*${number}$`);
const wildcard = /^(?:v?\d+|x|X|\*)(?:\.(?:\d+|x|X|\*)){1,2}(?:-[0-9A-Za-z.-]+)?$/;

/**
 * Version of the server or of a package. Any text is legal officially; here it must be printable ASCII without
 * spaces, so that two versions that look alike are alike.
 */
export function checkVersion(report: Report, path: JsonPath, value: unknown, rule = { maxLength: 255 }): void {
  const version = readText(report, path, value, { minLength: 1, ...rule });
  if (version === undefined) return;
  if (!printable.test(version)) {
    report(path, "version-not-printable-ascii", `${quote(version)} must be printable ASCII without spaces`);
  }
  if (version === "latest") report(path, "reserved-version-string", `"latest" is reserved and cannot be a version`);
  else if (looksLikeRange(version)) {
    report(path, "version-looks-like-range", `version must be a specific version, not a range: ${quote(version)}`);
  }
  if (version === "." || version === "..") {
    report(path, "version-is-path-segment", "a version of dots alone cannot be part of an address");
  }
}

/** Whether a text has a form the registry takes as a version. Everything that is no range, as `snapshot`, does. */
export function isVersion(text: string): boolean {
  const usable = text !== "" && text !== "latest" && text !== "." && text !== "..";
  return usable && text.length <= 255 && printable.test(text) && !looksLikeRange(text);
}

function looksLikeRange(version: string): boolean {
  const text = version.trim();
  if (comparator.test(text) || hyphenRange.test(text) || isAlternative(text)) return true;
  // Before the first hyphen only: `1.0.0-next` is one version, though the official code takes its x for a wildcard.
  return wildcard.test(text) && /^[^-]*[xX*]/.test(text);
}

function isAlternative(text: string): boolean {
  const parts = text.split("||");
  return parts.length > 1 && parts.every((each) => single.test(each.trim()));
}
