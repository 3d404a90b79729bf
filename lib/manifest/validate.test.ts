import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractPins } from "#lib/manifest/pins.ts";
import { issuesWith, sampleManifest, sampleWith } from "#lib/manifest/sample.ts";
import { validateManifest } from "#lib/manifest/validate.ts";

const codes = (bytes: Uint8Array) => validateManifest(bytes).issues.map((issue) => `${issue.code} ${issue.pointer}`);

describe("validateManifest", () => {
  it("finds nothing in a good manifest, and gives its view", () => {
    const { manifest, issues } = validateManifest(Buffer.from(JSON.stringify(sampleManifest)));
    expect(issues).toEqual([]);
    expect(manifest).toMatchObject({ name: "com.acme/weather", version: "1.2.0" });
  });

  it("accepts the smallest manifest", () => {
    const { $schema, name, description, version } = sampleManifest;
    expect(codes(Buffer.from(JSON.stringify({ $schema, name, description, version })))).toEqual([]);
  });

  it("reports every problem at once, each at its place", () => {
    const bytes = Buffer.from(
      JSON.stringify({
        ...sampleManifest,
        name: "weather",
        version: "^1.0.0",
        title: "  ",
        surprise: 1,
        remotes: [{ type: "sse" }, { type: "streamable-http", url: "http://localhost/mcp" }],
      }),
    );
    const { manifest, issues } = validateManifest(bytes);
    expect(manifest).toBeNull();
    expect(issues.map((issue) => `${issue.code} ${issue.pointer}`)).toEqual([
      "schema-unknown-property /surprise",
      "invalid-server-name /name",
      "version-looks-like-range /version",
      "title-whitespace-only /title",
      "sse-deprecated /remotes/0/type",
      "remote-transport-url-required /remotes/0/url",
      "invalid-remote-url /remotes/1/url",
    ]);
  });

  it.each([
    ["[]", ["schema-type-mismatch "]],
    ["null", ["schema-type-mismatch "]],
    ["{", ["json-syntax "]],
    ["\ufeff{}", ["json-byte-order-mark "]],
    [`{"a":1e999}`, ["json-number-out-of-range /a", "schema-unknown-property /a"]],
  ])("refuses %j", (text, expected) => {
    const result = validateManifest(Buffer.from(text));
    expect(result.manifest).toBeNull();
    expect(result.issues.map((issue) => `${issue.code} ${issue.pointer}`)).toEqual(expect.arrayContaining(expected));
  });

  it("refuses keys that two parsers would read differently, but not in maps", () => {
    const text = JSON.stringify(sampleManifest);
    expect(codes(Buffer.from(text.replace('{"$schema"', '{"Name":"com.evil/weather","$schema"')))).toEqual([
      "json-case-variant-key /name",
      "schema-unknown-property /Name",
    ]);
    expect(
      codes(Buffer.from(text.replace('"version":"1.2.0","web', '"version":"1.2.0","version":"9.0.0","web'))),
    ).toEqual(["json-duplicate-key /version"]);
    expect(issuesWith("/remotes/0/variables/Tenant", {})).toEqual([]);
    expect(issuesWith("/_meta/io.modelcontextprotocol.registry~1publisher-provided/Tool", 1)).toEqual([]);
  });

  it("refuses a manifest above 128 KiB and one nested too deeply", () => {
    expect(codes(sampleWith("/description", "x".repeat(131_072)))).toEqual(["json-too-large "]);
    let deep: unknown = 1;
    for (let depth = 0; depth < 80; depth += 1) deep = [deep];
    const pointer = "/_meta/io.modelcontextprotocol.registry~1publisher-provided/deep";
    expect(codes(sampleWith(pointer, deep))).toEqual([expect.stringMatching(/^json-too-deep /)]);
  });

  it("of a place under a very long name is short, however many there are", () => {
    const name = "n".repeat(100_000);
    const hidden = sampleWith("/remotes/0/variables", { tenant: {}, [name]: { choices: Array(200).fill("x\u200b") } });
    const unknown = sampleWith("/remotes/0/variables", {
      tenant: {},
      [name]: Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`u${at}`, 1])),
    });
    for (const [manifest, code] of [
      [hidden, "invisible-character"],
      [unknown, "schema-unknown-property"],
    ] as const) {
      const { issues } = validateManifest(manifest);
      expect([issues.length >= 199, issues[1]?.code]).toEqual([true, code]);
      expect(issues[1]?.pointer).toMatch(/^\/remotes\/0\/variables\/nnn.*n…$/);
      expect(JSON.stringify(issues).length).toBeLessThan(300_000);
    }
  });

  it("lists at most 200 issues and says when there are more", () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`unknown${at}`, at]));
    const { issues } = validateManifest(Buffer.from(JSON.stringify({ ...sampleManifest, ...many })));
    expect(issues).toHaveLength(201);
    expect(issues.at(-1)?.code).toBe("too-many-issues");
  });

  it("quotes hostile text only escaped", () => {
    const { issues } = validateManifest(sampleWith("/version", "^1.0\u001b[2J\u202e"));
    expect(issues.length).toBeGreaterThan(0);
    for (const issue of issues) expect(issue.message).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe("anything at all", () => {
  const places = (value: unknown, at = ""): string[] => {
    if (typeof value !== "object" || value === null) return [at];
    const inside = Object.entries(value).flatMap(([key, item]) => places(item, `${at}/${key.replaceAll("/", "~1")}`));
    return at === "" ? inside : [at, ...inside];
  };

  it("in any place is answered, and a view is given exactly when there is no error", () => {
    const change = fc.tuple(fc.constantFrom(...places(sampleManifest)), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(change, ([pointer, value]) => {
        const { manifest, issues } = validateManifest(sampleWith(pointer, value));
        expect(manifest === null).toBe(issues.some((issue) => issue.severity === "error"));
        if (manifest) expect(extractPins(manifest)).toHaveLength(manifest.packages.length);
      }),
      { numRuns: 500 },
    );
  });

  it("in bytes is answered", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(validateManifest(bytes).manifest).toBeNull();
      }),
    );
  });
});

describe("characters", () => {
  it.each([
    ["/title", "Wea\u0000ther", ["error control-character /title"]],
    ["/title", "Wea\nther", ["error control-character /title"]],
    ["/description", "two\nlines", []],
    ["/description", "bell\u0007", ["error control-character /description"]],
    ["/title", "\u202eWeather", ["warning invisible-character /title"]],
    ["/title", "Weather\u200b", ["warning invisible-character /title"]],
    ["/title", "Wetter ☁️ 👩‍💻 für Köln", []],
    ["/remotes/0/variables/te\u200bnant", {}, ["warning invisible-character /remotes/0/variables/te\u200bnant"]],
  ])("%s = %j", (pointer, value, expected) => {
    expect(issuesWith(pointer, value)).toEqual(expected);
  });
});
