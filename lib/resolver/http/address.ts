import { defaultSlug } from "#lib/resolver/channels/channel.ts";

/** Which channel a raw request target asks, and what of it. Nothing here is checked against what exists. */
export type Address = {
  slug: string;
  /** Of a capability address. Never to be repeated in any answer or log. */
  secret: string | null;
  version: "v0.1" | "v0";
  /** Everything behind the version, as it came: begins with `/` or `?`, or is empty. */
  rest: string;
};

const metadataPrefix = "/.well-known/oauth-protected-resource";

/** Whether a raw request target is ours to answer. An encoded or upper-case spelling of a prefix is not. */
export function isReadTarget(rawUrl: string): boolean {
  return begins(rawUrl, "/v0.1") || begins(rawUrl, "/v0") || rawUrl.startsWith("/c/") || begins(rawUrl, metadataPrefix);
}

/**
 * The default channel answers at `/v0.1` and `/v0`, others at `/c/<slug>/v0.1`, capability channels at
 * `/c/<slug>/<secret>/v0.1`.
 * @returns null for a target that can be no channel's.
 */
export function readAddress(rawUrl: string): Address | null {
  const direct = readVersion(rawUrl);
  if (direct) return { slug: defaultSlug, secret: null, ...direct };
  if (!rawUrl.startsWith("/c/")) return null;
  const [slug, rest] = cutSegment(rawUrl.slice("/c".length));
  if (slug === defaultSlug) return null;
  const open = readVersion(rest);
  if (open) return { slug, secret: null, ...open };
  if (!rest.startsWith("/")) return null;
  const [secret, behind] = cutSegment(rest);
  const closed = readVersion(behind);
  return closed && { slug, secret, ...closed };
}

/** The address whose RFC 9728 metadata a raw request target asks for, or null when it asks for no channel's. */
export function readMetadataAddress(rawUrl: string): Address | null {
  const address = begins(rawUrl, metadataPrefix) ? readAddress(rawUrl.slice(metadataPrefix.length)) : null;
  return address?.rest === "" && address.secret === null ? address : null;
}

/** Of a channel without secret: the path that answers are below. */
export function toBasePath({ slug, version }: Pick<Address, "slug" | "version">): string {
  return slug === defaultSlug ? `/${version}` : `/c/${slug}/${version}`;
}

/** Of a channel without secret: where its RFC 9728 metadata is. */
export function toMetadataPath(address: Pick<Address, "slug" | "version">): string {
  return metadataPrefix + toBasePath(address);
}

function readVersion(target: string): Pick<Address, "version" | "rest"> | null {
  for (const version of ["v0.1", "v0"] as const) {
    if (begins(target, `/${version}`)) return { version, rest: target.slice(version.length + 1) };
  }
  return null;
}

/** Cuts `/first` off. */
function cutSegment(target: string): [first: string, rest: string] {
  const end = target.slice(1).search(/[/?]/);
  return end < 0 ? [target.slice(1), ""] : [target.slice(1, end + 1), target.slice(end + 1)];
}

function begins(target: string, prefix: string): boolean {
  return target.startsWith(prefix) && (target.length === prefix.length || "/?".includes(target.charAt(prefix.length)));
}
