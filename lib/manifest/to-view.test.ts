import { describe, expect, it } from "vitest";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { toManifestView } from "#lib/manifest/to-view.ts";

describe("toManifestView", () => {
  it("shows packages with their arguments, environment and secrets", () => {
    const [npm] = toManifestView(sampleManifest).packages;
    expect(npm?.environment).toEqual([
      expect.objectContaining({ name: "WEATHER_KEY", required: true, secret: true, format: "string" }),
    ]);
    expect(npm?.packageArguments[0]).toMatchObject({
      type: "positional",
      name: "city",
      valueHint: "city",
      repeated: true,
    });
    expect(npm?.packageArguments[1]?.variables).toEqual([
      expect.objectContaining({ name: "units", choices: ["metric", "imperial"], variables: [] }),
    ]);
  });

  it("shows remotes with their host as written and the secrets inside their headers", () => {
    const [remote] = toManifestView(sampleManifest).remotes;
    expect(remote?.host).toBe("{tenant}.weather.acme.example");
    expect(remote?.headers[0]?.variables[0]).toMatchObject({ name: "token", secret: true });
    expect(remote?.variables[0]).toMatchObject({ name: "tenant", default: "eu", required: true });
  });

  it("flattens what the publisher claims, each at its pointer", () => {
    const meta = "/_meta/io.modelcontextprotocol.registry~1publisher-provided";
    expect(toManifestView(sampleManifest).claims).toEqual([
      { pointer: `${meta}/tool`, name: "tool", value: "ci" },
      { pointer: `${meta}/build/number`, name: "build.number", value: "7" },
      { pointer: `${meta}/build/tags/0`, name: "build.tags.0", value: "a" },
      { pointer: `${meta}/build/tags/1`, name: "build.tags.1", value: "b" },
    ]);
  });

  it("links only to https", () => {
    for (const websiteUrl of ["javascript:alert(1)", "http://example.com", "https://a@b.example", "//x", 7]) {
      expect(toManifestView({ websiteUrl }).websiteUrl).toBeNull();
    }
  });

  it("reads anything without failing", () => {
    const hostile = {
      packages: [null, 1, { transport: "x", environmentVariables: {} }],
      remotes: {},
      _meta: [],
      icons: 1,
    };
    expect(toManifestView(hostile)).toMatchObject({
      name: "",
      remotes: [],
      claims: [],
      packages: [{ identifier: "" }],
    });
    for (const value of [null, undefined, 1, "x", []]) expect(toManifestView(value).packages).toEqual([]);
  });
});
