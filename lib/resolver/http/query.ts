import { DomainError } from "#lib/core/errors.ts";
import { parseRfc3339 } from "#lib/resolver/http/rfc3339.ts";

/** Which entries a list shows. Travels inside the cursor, because some clients drop it after the first page. */
export type ListFilter = {
  /** Lower-case; a substring of name, title or description. */
  search: string | null;
  /** `latest` or an exact version. */
  version: string | null;
  /** Only entries that changed strictly after this moment (milliseconds since the epoch). */
  updatedSince: number | null;
  includeDeleted: boolean;
};

/** Bounds of the parameters, for parsing and for the description of the API. */
export const limits = { standardPage: 30, page: 100, searchChars: 256, versionChars: 255, cursorChars: 4096 } as const;

/** @throws DomainError `invalid-input` unless absent or a whole number from 1 to 100. Never clamped. */
export function readLimit(query: URLSearchParams): number {
  const text = find(query, "limit");
  if (text === null) return limits.standardPage;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > limits.page) throw invalid("/limit", `expected a whole number from 1 to ${limits.page}`);
  return limit;
}

/** @throws DomainError `invalid-input` for a bad value, `bad-request` for a bad time or contradictory parameters. */
export function readFilter(query: URLSearchParams): ListFilter {
  const updatedSince = readUpdatedSince(query);
  const includeDeleted = readFlag(query, "include_deleted");
  if (updatedSince !== null && includeDeleted === false) {
    throw new DomainError("bad-request", "Cannot set include_deleted=false when using updated_since.");
  }
  return {
    search: readText(query, "search", limits.searchChars)?.toLowerCase() ?? null,
    version: readText(query, "version", limits.versionChars),
    updatedSince,
    includeDeleted: updatedSince !== null || includeDeleted === true,
  };
}

/** @throws DomainError `invalid-input` unless absent or a form of `true` or `false`. */
export function readIncludeDeleted(query: URLSearchParams): boolean {
  return readFlag(query, "include_deleted") === true;
}

/** As the official registry takes them: some clients write what their language prints. */
const flags = new Map([
  ...["true", "True", "TRUE", "t", "T", "1"].map((text) => [text, true] as const),
  ...["false", "False", "FALSE", "f", "F", "0"].map((text) => [text, false] as const),
]);

function readFlag(query: URLSearchParams, name: string): boolean | null {
  const text = find(query, name);
  if (text === null) return null;
  const flag = flags.get(text);
  if (flag === undefined) throw invalid(`/${name}`, "expected true or false");
  return flag;
}

function readText(query: URLSearchParams, name: string, maxChars: number): string | null {
  const text = find(query, name);
  if (text === null) return null;
  // Characters, as the description of the API counts them, of which some are two units of a string.
  if (text.length > maxChars && [...text].length > maxChars)
    throw invalid(`/${name}`, `expected at most ${maxChars} characters`);
  return text;
}

function readUpdatedSince(query: URLSearchParams): number | null {
  const text = find(query, "updated_since");
  if (text === null) return null;
  const time = parseRfc3339(text);
  if (time !== null) return time;
  throw new DomainError(
    "bad-request",
    "Invalid updated_since format: expected RFC3339 timestamp (e.g. 2026-08-07T13:15:04.280Z)",
  );
}

/** The first of its name. An empty one is none, as the official registry has it. */
function find(query: URLSearchParams, name: string): string | null {
  return query.get(name) || null;
}

function invalid(pointer: string, detail: string): DomainError {
  return new DomainError("invalid-input", "validation failed", { fields: [{ pointer, detail }] });
}
