/** What a request is about, coarse enough to count by: no name, person or channel is ever part of it. */
export type RouteKind =
  | "list"
  | "versions"
  | "version"
  | "digest"
  | "validate"
  | "read-other"
  | "probe"
  | "api"
  | "sign-in"
  | "asset"
  | "page";

/** Whether a read request named a channel. */
export type ChannelKind = "default" | "other" | "none";

export type Kind = { route: RouteKind; channel: ChannelKind };

const none: ChannelKind = "none";

/**
 * Sorts a raw request target by its beginning. Cheap, since every read is sorted: nothing is decoded, so an odd
 * spelling may count as `read-other` or `page`.
 */
export function toKind(rawUrl: string): Kind {
  const mark = rawUrl.indexOf("?");
  const path = mark < 0 ? rawUrl : rawUrl.slice(0, mark);
  if (path.startsWith("/v0.1") || path.startsWith("/v0/")) return { route: toReadRoute(path, 0), channel: "default" };
  if (path.startsWith("/c/")) return { route: toReadRoute(path, 3), channel: "other" };
  if (path === "/livez" || path === "/readyz") return { route: "probe", channel: none };
  if (path.startsWith("/api/v1/") || path === "/api/v1") return { route: "api", channel: none };
  if (path.startsWith("/api/auth/")) return { route: "sign-in", channel: none };
  return { route: path.startsWith("/_next/") ? "asset" : "page", channel: none };
}

function toReadRoute(path: string, from: number): RouteKind {
  const servers = path.indexOf("/servers", path.indexOf("/v0", from));
  if (servers < 0) return toOtherRead(path);
  if (path.length === servers + 8) return "list";
  if (path.endsWith("/versions")) return "versions";
  return path.indexOf("/versions/", servers) < 0 ? "read-other" : "version";
}

function toOtherRead(path: string): RouteKind {
  if (path.indexOf("/x/countersign/") >= 0) return "digest";
  if (path.endsWith("/health") || path.endsWith("/ping")) return "probe";
  return path.endsWith("/validate") ? "validate" : "read-other";
}
