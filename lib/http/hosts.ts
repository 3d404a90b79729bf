import type { Config } from "#lib/config/index.ts";
import { isLoopback } from "#lib/config/index.ts";

export type HostVerdict = "public" | "alias" | "refused";

/**
 * Judges `Host` headers: the host of PUBLIC_URL is served; when we listen on loopback alone, so are the other names of
 * this machine with our port, as aliases; every other name is refused, which stops DNS rebinding.
 */
export function createHostCheck(config: Pick<Config, "publicUrl" | "host" | "port">) {
  const publicHost = new URL(config.publicUrl).host;
  const aliases = new Set<string>();
  if (isLoopback(config.host)) {
    for (const name of ["localhost", "127.0.0.1", "[::1]"]) aliases.add(toHost(name, config.port));
  }
  return (header: string | undefined): HostVerdict => {
    const host = header?.toLowerCase();
    if (host === undefined) return "refused";
    if (host === publicHost || withoutDefaultPort(host, config.publicUrl) === publicHost) return "public";
    return aliases.has(host) ? "alias" : "refused";
  };
}

function toHost(name: string, port: number): string {
  return port === 80 ? name : `${name}:${port}`;
}

function withoutDefaultPort(host: string, publicUrl: string): string {
  return host.replace(publicUrl.startsWith("https:") ? /:443$/ : /:80$/, "");
}
