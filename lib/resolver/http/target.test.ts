import { describe, expect, it } from "vitest";
import { findRoute } from "#lib/resolver/http/routes.ts";
import { isReadTarget, readTarget } from "#lib/resolver/http/target.ts";

function routeOf(url: string) {
  const target = readTarget(url);
  return target.kind === "path" ? findRoute(target.segments) : target;
}

describe("isReadTarget", () => {
  it.each(["/v0.1", "/v0.1/", "/v0.1?x", "/v0.1/servers"])("takes %s", (url) => expect(isReadTarget(url)).toBe(true));
  it.each([
    "/",
    "/v0.10/servers",
    "/V0.1/servers",
    "//v0.1/servers",
    "/v0%2E1/servers",
    "/v0/servers",
    "/x/v0.1/",
    "*",
  ])("leaves %s", (url) => expect(isReadTarget(url)).toBe(false));
});

describe("findRoute", () => {
  it.each([
    ["/v0.1/servers", { kind: "list" }],
    ["/v0.1/servers/io.acme%2Fweather/versions", { kind: "versions", name: "io.acme/weather" }],
    ["/v0.1/servers/io.acme/weather/versions", { kind: "versions", name: "io.acme/weather" }],
    ["/v0.1/servers/io.acme/versions/versions", { kind: "versions", name: "io.acme/versions" }],
    [
      "/v0.1/servers/io.acme%2fweather/versions/latest",
      { kind: "version", name: "io.acme/weather", version: "latest" },
    ],
    [
      "/v0.1/servers/io.acme/weather/versions/1.0.0+b",
      { kind: "version", name: "io.acme/weather", version: "1.0.0+b" },
    ],
    [
      "/v0.1/servers/io.acme/weather/versions/1.0.0%2Bb",
      { kind: "version", name: "io.acme/weather", version: "1.0.0+b" },
    ],
    ["/v0.1/health", { kind: "health" }],
    ["/v0.1/version?x=1", { kind: "build" }],
    ["/v0.1/x/countersign/keys", { kind: "keys" }],
  ])("%s", (url, route) => expect(routeOf(url)).toEqual(route));

  it.each([
    "/v0.1",
    "/v0.1/health/x",
    "/v0.1/servers/io.acme%2Fweather",
    "/v0.1/servers/io.acme/weather",
    "/v0.1/servers/weather/versions",
    "/v0.1/servers/io.acme%2Fweather/versions/1/2",
    "/v0.1/x/countersign",
    "/v0.1/x/countersign/keys/1",
    "/v0.1/x/countersign/manifest/latest",
    `/v0.1/x/countersign/manifest/sha256:${"A".repeat(64)}`,
    `/v0.1/x/countersign/secret/sha256:${"a".repeat(64)}`,
    "/v0.1/x/other/keys",
  ])("knows no %s", (url) => expect(routeOf(url)).toBeNull());
});

describe("readTarget", () => {
  it.each([
    "/v0.1/servers/../servers",
    "/v0.1/servers/%2e%2e/servers",
    "/v0.1/servers/%2E/versions",
    "/v0.1/servers/io.acme%2F../versions",
    "/v0.1/servers/a%2F%2e%2e%2Fb/versions",
    "/v0.1//servers",
    "/v0.1/servers/%2F/versions",
  ])("has nothing at %s", (url) => expect(() => readTarget(url)).toThrow(/^not-found/));

  it.each([
    "/v0.1/servers/%00",
    "/v0.1/servers?search=%00",
    "/v0.1/servers/%",
    "/v0.1/servers/%zz",
    "/v0.1/servers/%ff",
    "/v0.1/servers?search=%e2%28",
    "/v0.1/servers/caf\u00e9",
    `/v0.1/servers?search=${"a".repeat(9000)}`,
  ])("refuses %s", (url) => expect(() => readTarget(url)).toThrow(/^bad-request/));

  it.each([
    ["/v0.1/servers/", "/v0.1/servers"],
    ["/v0.1/servers///?limit=1", "/v0.1/servers?limit=1"],
    ["/v0.1/", "/v0.1"],
  ])("redirects %s on this host", (url, location) => expect(readTarget(url)).toEqual({ kind: "redirect", location }));
});

describe("readTarget", () => {
  it("takes slashes off the end in one pass, however many there are", () => {
    const many = "/".repeat(8000);
    // With work that grows with the square of the length, these would take longer than a test may.
    for (let i = 0; i < 200; i++) expect(readTarget(`/v0.1/${many}x/?q`)).toMatchObject({ kind: "redirect" });
    expect(readTarget(`/v0.1/a/b${"/".repeat(50)}?q`)).toEqual({ kind: "redirect", location: "/v0.1/a/b?q" });
  });
});
