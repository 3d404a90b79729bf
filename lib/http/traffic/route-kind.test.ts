import { expect, it } from "vitest";
import { toKind } from "#lib/http/traffic/route-kind.ts";

it.each([
  ["/v0.1/servers", "list", "default"],
  ["/v0.1/servers?search=/versions/", "list", "default"],
  ["/v0/servers?cursor=a/versions", "list", "default"],
  ["/v0.1/servers/io.acme%2Fweather/versions", "versions", "default"],
  ["/v0.1/servers/io.acme/weather/versions/latest", "version", "default"],
  ["/v0.1/servers/io.acme%2Fweather", "read-other", "default"],
  ["/v0.1/x/countersign/manifest/sha256:00", "digest", "default"],
  ["/v0.1/x/countersign/keys", "digest", "default"],
  ["/v0.1/health", "probe", "default"],
  ["/v0.1/validate", "validate", "default"],
  ["/v0.1", "read-other", "default"],
  ["/c/servers/v0.1/servers", "list", "other"],
  ["/c/team/csc_x/v0.1/servers/a%2Fb/versions/1", "version", "other"],
  ["/c/team/v0.1/ping", "probe", "other"],
  ["/livez", "probe", "none"],
  ["/readyz?x", "probe", "none"],
  ["/api/v1/publish", "api", "none"],
  ["/api/v1/no/such/address", "api", "none"],
  ["/api/v1?x", "api", "none"],
  ["/api/v1x", "page", "none"],
  ["/api/auth/session", "sign-in", "none"],
  ["/_next/static/a.js", "asset", "none"],
  ["/servers/io.acme/weather", "page", "none"],
  ["/c", "page", "none"],
  ["", "page", "none"],
])("%s is a %s of channel %s", (url, route, channel) => {
  expect(toKind(url)).toEqual({ route, channel });
});
