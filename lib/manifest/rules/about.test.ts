import { describe, expect, it } from "vitest";
import { issuesWith } from "#lib/manifest/sample.ts";

const publisher = "/_meta/io.modelcontextprotocol.registry~1publisher-provided";

describe("title, description, website, icons, repository, _meta", () => {
  it.each([
    ["/title", "", "schema-too-short"],
    ["/title", "x".repeat(101), "schema-too-long"],
    ["/title", "   ", "title-whitespace-only"],
    ["/description", "", "schema-too-short"],
    ["/description", "x".repeat(101), "schema-too-long"],
    ["/description", undefined, "schema-field-required"],
    ["/websiteUrl", "example.com/docs", "website-url-must-be-absolute"],
    ["/websiteUrl", "http://example.com", "website-url-invalid-scheme"],
    ["/websiteUrl", "javascript:alert(1)", "website-url-invalid-scheme"],
    ["/websiteUrl", "https://", "invalid-website-url"],
    ["/websiteUrl", "https:example.com", "invalid-website-url"],
    ["/websiteUrl", "https:\\\\evil.example", "invalid-website-url"],
    ["/websiteUrl", "https://good.example@evil.example/", "invalid-website-url"],
    ["/websiteUrl", "https://exаmple.com", "invalid-website-url"],
    ["/websiteUrl", 'https://example.com/"><script>', "invalid-website-url"],
    ["/icons/0/src", "icon.png", "icon-src-not-absolute"],
    ["/icons/0/src", "data:image/png;base64,AA==", "icon-src-invalid-scheme"],
    ["/icons/0/src", "http://example.com/i.png", "icon-src-invalid-scheme"],
    ["/icons/0/src", "https://ex ample.com/i.png", "icon-src-invalid-url"],
    ["/icons/0/src", undefined, "schema-field-required"],
    ["/icons/0/src", `https://example.com/${"i".repeat(240)}`, "schema-too-long"],
    ["/icons/0/mimeType", "text/html", "schema-not-in-enum"],
    ["/icons/0/theme", "blue", "schema-not-in-enum"],
    ["/icons/0/sizes/0", "48 x 48", "schema-pattern-mismatch"],
    ["/repository/url", "https://github.com/acme", "invalid-repository-url"],
    ["/repository/url", "https://github.com.evil.example/acme/weather", "invalid-repository-url"],
    ["/repository/url", "https://gitlab.com/acme/weather", "invalid-repository-url"],
    ["/repository/url", undefined, "schema-field-required"],
    ["/repository/subfolder", "/abs", "invalid-subfolder-path"],
    ["/repository/subfolder", "a/../b", "invalid-subfolder-path"],
    ["/repository/subfolder", "a//b", "invalid-subfolder-path"],
    ["/repository/subfolder", "a b", "invalid-subfolder-path"],
    ["/repository/owner", "x", "schema-unknown-property"],
    ["/_meta/com.example~1other", {}, "schema-unknown-property"],
    [publisher, "x", "schema-type-mismatch"],
  ])("%s = %j is refused as %s", (pointer, value, code) => {
    expect(issuesWith(pointer, value)).toEqual([`error ${code} ${pointer}`]);
  });

  it("names the source that has no known form", () => {
    expect(issuesWith("/repository/source", "constructor")).toEqual(["error invalid-repository-url /repository/url"]);
  });

  it("accepts an empty repository with a warning, and nested groups on GitLab", () => {
    expect(issuesWith("/repository", {})).toEqual(["warning repository-empty /repository"]);
    expect(issuesWith("/repository", { source: "gitlab", url: "https://gitlab.com/acme/tools/weather" })).toEqual([]);
  });

  it("bounds what the publisher may add at 4096 bytes", () => {
    expect(issuesWith(publisher, { x: "y".repeat(4088) })).toEqual([]);
    expect(issuesWith(publisher, { x: "y".repeat(4089) })).toEqual([`error publisher-meta-too-large ${publisher}`]);
  });
});
