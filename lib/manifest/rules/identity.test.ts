import { describe, expect, it } from "vitest";
import { issuesWith } from "#lib/manifest/sample.ts";

describe("$schema", () => {
  const at = (date: string) => `https://static.modelcontextprotocol.io/schemas/${date}/server.schema.json`;

  it.each([
    [at("2025-10-17"), ["warning schema-version-deprecated /$schema"]],
    [at("2025-01-27"), ["error schema-version-not-available /$schema"]],
    [at("draft"), ["error schema-version-not-available /$schema"]],
    [at("2025-12-11").replace("https", "http"), ["error schema-version-not-available /$schema"]],
    [`${at("2025-12-11")}?x`, ["error schema-version-not-available /$schema"]],
    ["", ["error schema-field-required /$schema"]],
    [undefined, ["error schema-field-required /$schema"]],
    [7, ["error schema-type-mismatch /$schema"]],
  ])("%j", (value, expected) => {
    expect(issuesWith("/$schema", value)).toEqual(expected);
  });
});

describe("name", () => {
  it.each(["io.github.user/a1", "com.acme/Weather", "a1/b.c_d-e", `${"a".repeat(100)}/${"b".repeat(99)}`])(
    "accepts %s",
    (name) => expect(issuesWith("/name", name)).toEqual([]),
  );

  it.each([
    "weather",
    "com.acme/",
    "/weather",
    "com.acme//weather",
    "com.acme/a/b",
    "a/bb",
    "aa/b",
    ".com/weather",
    "com./weather",
    "com..acme/weather",
    "com.acme/-weather",
    "com.acme/weather_",
    "com_acme/weather",
    "com.acme/wea ther",
    "com.acme/weather\u200b",
    "com.acme/wеather",
    "com.acme/weather\n",
    "com.acme/..",
    "com.acme/%2e",
  ])("refuses %j", (name) => {
    expect(issuesWith("/name", name)).toContain("error invalid-server-name /name");
  });

  it("holds the length", () => {
    expect(issuesWith("/name", `${"a".repeat(100)}/${"b".repeat(100)}`)).toEqual(["error schema-too-long /name"]);
    expect(issuesWith("/name", null)).toEqual(["error schema-type-mismatch /name"]);
  });
});

describe("version", () => {
  it.each(["1.0.0", "v1", "2024-11-05", "snapshot", "1.0.0-rc.1+build", "{{VERSION}}", "1.0.0-next.1"])(
    "accepts %s",
    (v) => {
      expect(issuesWith("/version", v)).toEqual([]);
    },
  );

  it.each(["^1.2.3", "~1.2", ">=1.2.3", "<2", "=1.0.0", "1.x", "1.2.*", "1.2.X", "*.1", "1.2||1.3"])(
    "refuses the range %s",
    (v) => {
      expect(issuesWith("/version", v)).toEqual(["error version-looks-like-range /version"]);
    },
  );

  it.each(["1.0.0 ", "1.0.0\u200b", "1.0.\u202e0", "1.0.1º", "１.0.0"])("refuses the look-alike %j", (v) => {
    expect(issuesWith("/version", v)).toContain("error version-not-printable-ascii /version");
  });

  it.each([
    ["latest", "reserved-version-string"],
    ["1 - 2", "version-looks-like-range"],
    ["1.2 || 1.3", "version-looks-like-range"],
    ["..", "version-is-path-segment"],
    ["", "schema-too-short"],
    ["1".repeat(256), "schema-too-long"],
  ])("refuses %j", (version, code) => {
    expect(issuesWith("/version", version)).toContain(`error ${code} /version`);
  });
});
