import { describe, expect, it } from "vitest";
import { extractPins } from "#lib/manifest/pins.ts";
import { toManifestView } from "#lib/manifest/to-view.ts";

const digest = "b".repeat(64);
const pinOf = (entry: Record<string, string>) => extractPins(toManifestView({ packages: [entry] }))[0];

describe("extractPins", () => {
  it.each([
    ["npm", "1.2.3"],
    ["npm", "1.2.3-rc.1"],
    ["pypi", "2024.1"],
    ["pypi", "1.0rc1"],
    ["pypi", "1.0.post1"],
    ["nuget", "1.0.0.4-beta"],
  ])("takes an exact version of %s (%s) as a pin without a digest", (registryType, version) => {
    expect(pinOf({ registryType, identifier: "x", version })).toEqual({
      package: 0,
      registryType,
      identifier: "x",
      version,
      status: "pinned",
      digest: null,
      reason: expect.any(String),
    });
  });

  it.each([
    ["npm", "next"],
    ["npm", "1"],
    ["npm", "v1.2.3"],
    ["npm", "1.2"],
    ["pypi", ">=1"],
    ["pypi", "1.*"],
    ["nuget", "[1.0,2.0)"],
    ["cargo", "1.2.3"],
    ["constructor", "1.2.3"],
  ])("does not take %s %s as one", (registryType, version) => {
    expect(pinOf({ registryType, identifier: "x", version })).toMatchObject({ status: "unpinned", digest: null });
  });

  it.each([
    [{ registryType: "oci", identifier: `ghcr.io/acme/x@sha256:${digest}` }, `sha256:${digest}`],
    [{ registryType: "oci", identifier: `ghcr.io/acme/x:1@sha256:${digest}` }, `sha256:${digest}`],
    [{ registryType: "mcpb", identifier: "https://example.com/x.mcpb", fileSha256: digest }, `sha256:${digest}`],
    [{ registryType: "npm", identifier: "x", version: "1.0.0", fileSha256: digest }, `sha256:${digest}`],
  ])("reads the digest of %j", (entry, expected) => {
    expect(pinOf(entry)).toMatchObject({ status: "pinned", digest: expected });
  });

  it.each([
    [{ registryType: "oci", identifier: "ghcr.io/acme/x:1.2.3", version: "1.2.3" }, /tag/],
    [{ registryType: "oci", identifier: "localhost:5000/x" }, /without tag/],
    [{ registryType: "oci", identifier: `ghcr.io/acme/x@sha256:${digest.toUpperCase()}` }, /SHA-256/],
    [{ registryType: "oci", identifier: `ghcr.io/acme/x@sha256:${digest}:latest` }, /SHA-256/],
    [{ registryType: "oci", identifier: "ghcr.io/acme/x:1", fileSha256: digest }, /tag/],
    [{ registryType: "mcpb", identifier: "https://example.com/x.mcpb", version: "1.0.0" }, /fileSha256/],
    [{ registryType: "mcpb", identifier: "x", fileSha256: "short" }, /fileSha256/],
    [{ registryType: "npm", identifier: "x" }, /no version/],
  ])("says why %j is unpinned", (entry, reason) => {
    expect(pinOf(entry)).toMatchObject({ status: "unpinned", digest: null, reason: expect.stringMatching(reason) });
  });
});
