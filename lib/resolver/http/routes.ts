import { type Digest, isDigest } from "#lib/core/digest.ts";
import type { BlobKind } from "#lib/resolver/source.ts";

export type Route =
  | { kind: "health" | "ping" | "build" | "list" | "keys" | "openapi" | "validate" | "publish" }
  | { kind: "versions"; name: string }
  | { kind: "version"; name: string; version: string }
  | { kind: "blob"; blob: BlobKind; digest: Digest };

const blobKinds: readonly string[] = ["manifest", "bundle", "approval", "trusted-root"] satisfies BlobKind[];

/**
 * Finds the route of decoded path segments below `/v0.1`, or null. A server's name is one percent-encoded segment or
 * two plain ones: both are unambiguous because a name has exactly one slash.
 */
export function findRoute(segments: readonly string[]): Route | null {
  const [head = "", ...rest] = segments;
  if (head === "servers") return rest.length === 0 ? { kind: "list" } : findServerRoute(rest);
  if (head === "x" && rest[0] === "countersign") return findOwnRoute(rest.slice(1));
  if (rest.length > 0) return null;
  if (head === "health" || head === "ping" || head === "validate" || head === "publish") return { kind: head };
  if (head === "openapi.json") return { kind: "openapi" };
  return head === "version" ? { kind: "build" } : null;
}

/** What a route takes, for `Allow`. */
export function methodsOf(route: Route): string {
  return route.kind === "validate" || route.kind === "publish" ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
}

function findServerRoute(segments: readonly string[]): Route | null {
  const encoded = segments[0]?.includes("/");
  const name = encoded ? segments[0] : segments.slice(0, 2).join("/");
  const [collection, version, ...more] = segments.slice(encoded ? 1 : 2);
  if (!name || collection !== "versions" || more.length > 0) return null;
  return version === undefined ? { kind: "versions", name } : { kind: "version", name, version };
}

function findOwnRoute(segments: readonly string[]): Route | null {
  const [kind = "", digest = "", ...more] = segments;
  if (kind === "keys" && segments.length === 1) return { kind };
  if (!isBlobKind(kind) || !isDigest(digest) || more.length > 0) return null;
  return { kind: "blob", blob: kind, digest };
}

function isBlobKind(text: string): text is BlobKind {
  return blobKinds.includes(text);
}
