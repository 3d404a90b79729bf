import { readText } from "#lib/manifest/fields.ts";
import { quote, type Report } from "#lib/manifest/report.ts";

/** Published dates of the official schema, oldest first. The last is current. */
export const schemaDates = [
  "2025-07-09",
  "2025-09-16",
  "2025-09-29",
  "2025-10-11",
  "2025-10-17",
  "2025-12-11",
] as const;
export type SchemaDate = (typeof schemaDates)[number];

const address = /^https:\/\/static\.modelcontextprotocol\.io\/schemas\/([^/]+)\/server\.schema\.json$/;

/** Address of the current schema. */
export const currentSchema = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";

/**
 * Reads `$schema`. Older dates are accepted with a warning, as officially; unknown ones and the draft are not.
 * @returns the date, or null when it is not known.
 */
export function checkSchemaDate(report: Report, value: unknown): SchemaDate | null {
  const path = ["$schema"];
  const text = readText(report, path, value);
  if (text === undefined) return null;
  if (text === "") {
    report(path, "schema-field-required", "$schema is required");
    return null;
  }
  const named = address.exec(text)?.[1];
  const date = schemaDates.find((each) => each === named);
  if (!date) {
    report(path, "schema-version-not-available", `schema version ${quote(named ?? text)} is not available`);
    return null;
  }
  if (date !== schemaDates.at(-1)) {
    report(path, "schema-version-deprecated", `schema ${date} is not current; use ${currentSchema}`, "warning");
  }
  return date;
}
