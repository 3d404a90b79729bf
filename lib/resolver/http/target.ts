import { DomainError } from "#lib/core/errors.ts";

/** A request target that belongs to the read plane, taken apart exactly once. */
export type Target =
  | { kind: "path"; segments: string[]; query: URLSearchParams }
  | { kind: "redirect"; location: string };

const prefix = "/v0.1";
const maxTargetChars = 8192;

/** Whether a raw request target is ours to answer. An encoded or upper-case spelling of the prefix is not. */
export function isReadTarget(rawUrl: string): boolean {
  return rawUrl.startsWith(prefix) && (rawUrl.length === prefix.length || "/?".includes(rawUrl.charAt(prefix.length)));
}

/**
 * Splits a raw request target into decoded path segments below `/v0.1` and its query. Each segment is decoded once;
 * nothing is normalised, so that no two caches can disagree about what was asked.
 * @throws DomainError `bad-request` for NUL bytes, wrong percent-encoding or an overlong target;
 *   `not-found` for empty, `.` and `..` segments.
 */
export function readTarget(rawUrl: string): Target {
  if (rawUrl.length > maxTargetChars) throw new DomainError("bad-request", "The address is too long.");
  const mark = rawUrl.indexOf("?");
  const path = mark < 0 ? rawUrl : rawUrl.slice(0, mark);
  const search = mark < 0 ? "" : rawUrl.slice(mark + 1);
  const segments = path.slice(prefix.length).split("/").slice(1).map(decode);
  decode(search.replaceAll("+", " "));
  if (path.endsWith("/")) return { kind: "redirect", location: withoutSlashes(path) + rawUrl.slice(path.length) };
  for (const segment of segments) assertPlain(segment);
  return { kind: "path", segments, query: new URLSearchParams(search) };
}

/** By hand: a regular expression for it starts again at every slash of a long run that does not end the path. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path.charAt(end - 1) === "/") end--;
  return path.slice(0, end);
}

function decode(text: string): string {
  const decoded = percentDecode(text);
  if (decoded.includes("\0")) throw new DomainError("bad-request", "Invalid request: URL path contains null bytes");
  return decoded;
}

function percentDecode(text: string): string {
  try {
    // Bytes beyond ASCII must be percent-encoded in a request target.
    if (/[^\x20-\x7e]/.test(text)) throw new URIError("not ASCII");
    return decodeURIComponent(text);
  } catch (cause) {
    throw new DomainError("bad-request", "The address is not percent-encoded correctly.", { cause });
  }
}

/** A name may hold one encoded slash, so the check looks between slashes too. */
function assertPlain(segment: string): void {
  for (const part of segment.split("/")) {
    if (part === "" || part === "." || part === "..") throw new DomainError("not-found", "Endpoint not found.");
  }
}
