import { DomainError } from "#lib/core/errors.ts";

const prefix = "/api/v1/versions/";

export type VersionAddress = { name: string; version: string };

/** Path of a version in our API, relative to the registry; every part percent-encoded. */
export function toVersionPath({ name, version }: VersionAddress): string {
  return prefix + [...name.split("/"), version].map(encodeURIComponent).join("/");
}

/**
 * The version an address in our API names. Read from the address itself, each segment decoded exactly once, because a
 * version may hold slashes and percent signs. Without a version segment `version` is empty.
 * @throws DomainError `bad-request` for broken percent-encoding, `not-found` for another address.
 */
export function readVersionAddress(url: string): VersionAddress {
  const { pathname } = new URL(url);
  if (!pathname.startsWith(prefix)) throw new DomainError("not-found", "There is no such address.");
  const [namespace = "", server = "", version = ""] = pathname.slice(prefix.length).split("/").map(decode);
  return { name: `${namespace}/${server}`, version };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new DomainError("bad-request", "The address is not properly percent-encoded.");
  }
}
