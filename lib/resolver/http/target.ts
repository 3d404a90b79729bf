import { DomainError } from "#lib/core/errors.ts";

/** What a channel is asked for, taken apart exactly once. */
export type Target =
  | { kind: "path"; segments: string[]; query: URLSearchParams }
  /** The same without slashes at its end, still raw; `slashes` says how many there were. */
  | { kind: "redirect"; path: string; search: string; slashes: number };

const maxTargetChars = 8192;

/**
 * Splits what follows a channel's base path into decoded path segments and query. Each segment is decoded once; nothing
 * is normalised, so that no two caches can disagree about what was asked.
 * @throws DomainError `bad-request` for NUL bytes, wrong percent-encoding or an overlong target;
 *   `not-found` for empty, `.` and `..` segments.
 */
export function readTarget(rest: string): Target {
  if (rest.length > maxTargetChars) throw new DomainError("bad-request", "The address is too long.");
  const mark = rest.indexOf("?");
  const path = mark < 0 ? rest : rest.slice(0, mark);
  const search = mark < 0 ? "" : rest.slice(mark);
  const segments = path
    .split("/")
    .slice(1)
    .map((segment) => decode(segment, "URL path contains"));
  decode(search, "query parameters contain");
  if (path.endsWith("/")) {
    const plain = withoutSlashes(path);
    return { kind: "redirect", path: plain, search, slashes: path.length - plain.length };
  }
  for (const segment of segments) assertPlain(segment);
  return { kind: "path", segments, query: new URLSearchParams(search) };
}

/** By hand: a regular expression for it starts again at every slash of a long run that does not end the path. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path.charAt(end - 1) === "/") end--;
  return path.slice(0, end);
}

function decode(text: string, where: string): string {
  const decoded = percentDecode(text);
  if (decoded.includes("\0")) throw new DomainError("bad-request", `Invalid request: ${where} null bytes`);
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
