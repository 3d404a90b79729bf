import { isLoopback } from "#lib/config/loopback.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { safe } from "../terminal/safe-text.ts";

/**
 * A registry's address in the one spelling it is stored and signed in: scheme, host, port and path, no slash at the
 * end. @throws Failure for anything but https, or http to this machine.
 */
export function toRegistryAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (!url || !plain) throw new Failure(EXIT.usage, "registry-address", safe`Not a registry address: ${text}`);
  assertSafeTransport(url);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** Tokens and keys travel encrypted, or not at all. */
export function assertSafeTransport(url: URL): void {
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return;
  throw new Failure(EXIT.usage, "insecure-address", safe`Only https is used beyond this machine, not ${url.origin}`);
}
