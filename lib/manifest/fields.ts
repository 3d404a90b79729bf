import type { JsonPath } from "#lib/core/json-pointer.ts";
import { quote, type Report } from "#lib/manifest/report.ts";

/**
 * Readers of one JSON value each: they report what the official schema would and give back the value only when it
 * has the right type, so that a rule can go on and every problem is found at once.
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function readObject(
  report: Report,
  path: JsonPath,
  value: unknown,
  fields: { known: readonly string[]; required?: readonly string[] },
): JsonObject | undefined {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) {
    report(path, "schema-type-mismatch", "must be an object");
    return undefined;
  }
  for (const key of Object.keys(value)) {
    if (!fields.known.includes(key)) report([...path, key], "schema-unknown-property", "is not a known property");
  }
  for (const key of fields.required ?? []) {
    if (value[key] === undefined) report([...path, key], "schema-field-required", "is required");
  }
  return value;
}

export type TextRule = {
  /** In Unicode code points, as JSON Schema counts. */
  minLength?: number;
  maxLength?: number;
  pattern?: RegExp;
  oneOf?: readonly string[];
};

export function readText(report: Report, path: JsonPath, value: unknown, rule: TextRule = {}): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string") {
    report(path, "schema-type-mismatch", "must be a string");
    return undefined;
  }
  const length = [...value].length;
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, oneOf } = rule;
  if (length < minLength) report(path, "schema-too-short", `must have at least ${minLength} characters`);
  if (length > maxLength) report(path, "schema-too-long", `must have at most ${maxLength} characters, has ${length}`);
  if (pattern && !pattern.test(value)) {
    report(path, "schema-pattern-mismatch", `${quote(value)} does not match ${pattern.source}`);
  }
  if (oneOf && !oneOf.includes(value)) {
    report(path, "schema-not-in-enum", `${quote(value)} is not one of ${oneOf.join(", ")}`);
  }
  return value;
}

export function readBoolean(report: Report, path: JsonPath, value: unknown): boolean | undefined {
  if (value === undefined || typeof value === "boolean") return value;
  report(path, "schema-type-mismatch", "must be true or false");
  return undefined;
}

/** Calls `each` for every item of a list of at most `maxItems`; a longer one is reported and not read. */
export function readList(
  report: Report,
  path: JsonPath,
  value: unknown,
  maxItems: number,
  each: (path: JsonPath, item: unknown) => void,
): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) return report(path, "schema-type-mismatch", "must be a list");
  if (value.length > maxItems) return report(path, "too-many-items", `must have at most ${maxItems} items`);
  for (const [at, item] of value.entries()) each([...path, at], item);
}
