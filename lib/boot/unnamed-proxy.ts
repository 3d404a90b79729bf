import { partsOf } from "#lib/boot/roles.ts";
import { type Config, isLoopback } from "#lib/config/index.ts";
import { createProxyCheck } from "#lib/http/forwarded.ts";

const warning =
  "People reach this registry through a proxy on this machine that TRUSTED_PROXIES does not name. Everybody then seems to " +
  "be on this machine: nobody is counted against the limits, and the audit names no other address. Name the proxy.";

/**
 * Says so when a proxy must be in front, since we speak no https, and can only be on this machine, since nobody else
 * reaches the port, but counts for a caller itself.
 */
export function warnOfUnnamedProxy(config: Config, warn: (text: string) => void): void {
  const { host, publicUrl, trustedProxies, role } = config;
  const { control, read } = partsOf[role];
  if (!(control || read) || !isLoopback(host)) return;
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol !== "https:" || isLoopback(hostname)) return;
  const isNamed = createProxyCheck(trustedProxies);
  if (!["127.0.0.1", "::1"].some(isNamed)) warn(warning);
}
