import { describe, expect, it } from "vitest";
import { findRoute } from "#lib/resolver/http/routes.ts";
import { readTarget } from "#lib/resolver/http/target.ts";

function routeOf(url: string) {
  const target = readTarget(url.slice("/v0.1".length));
  return target.kind === "path" ? findRoute(target.segments) : target;
}

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
    "/servers/../servers",
    "/servers/%2e%2e/servers",
    "/servers/%2E/versions",
    "/servers/io.acme%2F../versions",
    "/servers/a%2F%2e%2e%2Fb/versions",
    "//servers",
    "/servers/%2F/versions",
  ])("has nothing at %s", (url) => expect(() => readTarget(url)).toThrow(/^not-found/));

  it.each([
    "/servers/%00",
    "/servers?search=%00",
    "/servers/%",
    "/servers/%zz",
    "/servers/%ff",
    "/servers?search=%e2%28",
    "/servers/caf\u00e9",
    `/servers?search=${"a".repeat(9000)}`,
  ])("refuses %s", (url) => expect(() => readTarget(url)).toThrow(/^bad-request/));

  it.each([
    ["/servers/%00", "Invalid request: URL path contains null bytes"],
    ["/servers?search=%00", "Invalid request: query parameters contain null bytes"],
  ])("says where the null byte of %s is", (url, detail) => expect(() => readTarget(url)).toThrow(detail));

  it.each([
    ["/servers/", "/servers", "", 1],
    ["/servers///?limit=1", "/servers", "?limit=1", 3],
    ["/", "", "", 1],
  ])("takes the slashes off %s", (url, path, search, slashes) =>
    expect(readTarget(url)).toEqual({ kind: "redirect", path, search, slashes }),
  );
});

describe("readTarget", () => {
  it("takes slashes off the end in one pass, however many there are", () => {
    const many = "/".repeat(8000);
    // With work that grows with the square of the length, these would take longer than a test may.
    for (let i = 0; i < 200; i++) expect(readTarget(`/${many}x/?q`)).toMatchObject({ kind: "redirect" });
    expect(readTarget(`/a/b${"/".repeat(50)}?q`)).toMatchObject({ path: "/a/b", search: "?q" });
  });
});
