import { expect, it } from "vitest";
import { warnOfUnnamedProxy } from "#lib/boot/unnamed-proxy.ts";
import { parseConfig } from "#lib/config/index.ts";

const behindProxy = { PUBLIC_URL: "https://registry.example.com" };
const beyond = { HOST: "0.0.0.0", ANONYMOUS_READ: "false" };

it.each([
  ["https before a port of this machine, and no proxy named", behindProxy, 1],
  ["the same at ::1", { ...behindProxy, HOST: "::1" }, 1],
  ["proxies named, but none on this machine", { ...behindProxy, TRUSTED_PROXIES: "10.0.0.0/8" }, 1],
  ["the proxy named", { ...behindProxy, TRUSTED_PROXIES: "127.0.0.1" }, 0],
  ["the proxy named among others", { ...behindProxy, TRUSTED_PROXIES: "10.0.0.0/8,::1" }, 0],
  ["a port other machines reach", { ...behindProxy, ...beyond }, 0],
  ["nothing set", {}, 0],
  ["plain http on this machine", { PUBLIC_URL: "http://registry.localhost:3000" }, 0],
  ["no port of its own for readers or people", { ...behindProxy, ROLE: "worker", DATABASE_URL: "postgresql://x/x" }, 0],
])("%s", (_what, settings, expected) => {
  const warnings: string[] = [];
  warnOfUnnamedProxy(parseConfig({ INSTANCE_KIND: "production", ...settings }), (text) => warnings.push(text));
  expect(warnings).toHaveLength(expected);
  for (const text of warnings) expect(text).toMatch(/TRUSTED_PROXIES.*nobody is counted/s);
});
