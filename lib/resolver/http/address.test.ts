import { describe, expect, it } from "vitest";
import { isReadTarget, readAddress, readMetadataAddress } from "#lib/resolver/http/address.ts";

describe("isReadTarget", () => {
  it.each([
    "/v0.1",
    "/v0.1/",
    "/v0.1?x",
    "/v0.1/servers",
    "/v0/servers",
    "/v0",
    "/c/team",
    "/c/",
    "/.well-known/oauth-protected-resource",
    "/.well-known/oauth-protected-resource/v0.1",
  ])("takes %s", (url) => expect(isReadTarget(url)).toBe(true));

  it.each([
    "/",
    "/v0.10/servers",
    "/V0.1/servers",
    "//v0.1/servers",
    "/v0%2E1/servers",
    "/v00/servers",
    "/v1/servers",
    "/x/v0.1/",
    "/c",
    "/channels",
    "/.well-known/oauth-protected-resources",
    "/.well-known/security.txt",
    "*",
  ])("leaves %s", (url) => expect(isReadTarget(url)).toBe(false));
});

describe("readAddress", () => {
  it.each([
    ["/v0.1", { slug: "default", secret: null, version: "v0.1", rest: "" }],
    ["/v0.1/servers?x=1", { slug: "default", secret: null, version: "v0.1", rest: "/servers?x=1" }],
    ["/v0?x", { slug: "default", secret: null, version: "v0", rest: "?x" }],
    ["/c/team/v0.1/servers", { slug: "team", secret: null, version: "v0.1", rest: "/servers" }],
    ["/c/team/v0", { slug: "team", secret: null, version: "v0", rest: "" }],
    ["/c/team/csc_x/v0.1/servers/", { slug: "team", secret: "csc_x", version: "v0.1", rest: "/servers/" }],
    ["/c/v0.1/v0.1/servers", { slug: "v0.1", secret: null, version: "v0.1", rest: "/servers" }],
    ["/c//v0.1", { slug: "", secret: null, version: "v0.1", rest: "" }],
    ["/c/team//v0.1", { slug: "team", secret: "", version: "v0.1", rest: "" }],
  ])("%s", (url, address) => expect(readAddress(url)).toEqual(address));

  it.each([
    "/c/",
    "/c/team",
    "/c/team/",
    "/c/team/v0.10/servers",
    "/c/team/secret/more/v0.1/servers",
    "/c/team?/v0.1/servers",
    "/c/team/secret?/v0.1",
    "/c/default/v0.1/servers",
    "/c/default/secret/v0.1/servers",
    "/.well-known/oauth-protected-resource",
  ])("is nowhere for %s", (url) => expect(readAddress(url)).toBeNull());
});

describe("readMetadataAddress", () => {
  const at = (path: string) => readMetadataAddress(`/.well-known/oauth-protected-resource${path}`);

  it("belongs to a channel's base path", () => {
    expect(at("/c/team/v0.1")).toMatchObject({ slug: "team", version: "v0.1" });
    expect(at("/v0.1")).toMatchObject({ slug: "default", version: "v0.1" });
  });

  it.each(["", "/", "/c/team", "/c/team/v0.1/", "/c/team/v0.1/servers", "/c/team/csc_x/v0.1", "/v0.1?x"])(
    "knows no %s",
    (path) => expect(at(path)).toBeNull(),
  );
});
