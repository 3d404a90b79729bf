import { describe, expect, it } from "vitest";
import { issuesWith, sampleManifest } from "#lib/manifest/sample.ts";

const npm = "/packages/0";
const remote = "/remotes/0";

describe("packages, arguments and transports", () => {
  it.each([
    [`${npm}/identifier`, "@acme/wea ther", "package-name-has-spaces"],
    [`${npm}/identifier`, undefined, "schema-field-required"],
    [`${npm}/registryType`, undefined, "schema-field-required"],
    [`${npm}/version`, "latest", "reserved-version-string"],
    [`${npm}/version`, "^1.0.0", "version-looks-like-range"],
    [`${npm}/version`, "", "schema-too-short"],
    [`${npm}/fileSha256`, "A".repeat(64), "schema-pattern-mismatch"],
    [`${npm}/registryBaseUrl`, "http://npm.acme.example", "invalid-registry-base-url"],
    [`${npm}/registry_type`, "npm", "schema-unknown-property"],
    [`${npm}/packageArguments/0/type`, "flag", "schema-not-in-enum"],
    [`${npm}/packageArguments/1/name`, "--units <metric>", "invalid-named-argument-name"],
    [`${npm}/packageArguments/1/name`, "", "named-argument-name-required"],
    [`${npm}/packageArguments/1/default`, "--units=metric", "argument-default-starts-with-name"],
    [`${npm}/packageArguments/0/isRepeated`, "yes", "schema-type-mismatch"],
    [`${npm}/packageArguments/0/secret`, true, "schema-unknown-property"],
    [`${npm}/environmentVariables/0/format`, "url", "schema-not-in-enum"],
    [`${npm}/environmentVariables/0/name`, undefined, "schema-field-required"],
    [`${npm}/environmentVariables/0/choices`, [1], "schema-type-mismatch"],
    [`${npm}/packageArguments/1/variables/units`, "x", "schema-type-mismatch"],
    [`${npm}/transport/url`, "https://example.com", "stdio-transport-url-not-empty"],
    [`${npm}/transport/type`, "websocket", "unsupported-transport-type"],
    ["/packages/1/transport/url", undefined, "streamable-transport-url-required"],
    ["/packages/1/transport/url", "http://localhost:{OTHER}/mcp", "invalid-templated-url"],
    ["/packages/1/transport/url", "{PORT}://localhost/mcp", "invalid-templated-url"],
    ["/packages/1/transport/url", "ftp://localhost/mcp", "invalid-templated-url"],
    [`${remote}/url`, undefined, "remote-transport-url-required"],
    [`${remote}/url`, "http://weather.acme.example/mcp", "invalid-remote-url"],
    [`${remote}/url`, "https://localhost/mcp", "invalid-remote-url"],
    [`${remote}/url`, "https://api.localhost/mcp", "invalid-remote-url"],
    [`${remote}/url`, "https://127.0.0.1/mcp", "invalid-remote-url"],
    [`${remote}/url`, "https://2130706433/mcp", "invalid-remote-url"],
    [`${remote}/url`, "https://[::1]/mcp", "invalid-remote-url"],
    [`${remote}/url`, "{tenant}://weather.acme.example/mcp", "invalid-remote-url"],
    [`${remote}/url`, "https://good.example@evil.example/mcp", "invalid-remote-url"],
    [`${remote}/url`, "https://{region}.acme.example/mcp", "invalid-templated-url"],
    [`${remote}/type`, "stdio", "unsupported-remote-transport-type"],
    [`${remote}/headers/0/value`, 1, "schema-type-mismatch"],
  ])("%s = %j is refused as %s", (pointer, value, code) => {
    const errors = issuesWith(pointer, value).filter((issue) => issue.startsWith("error"));
    expect(errors[0]).toContain(`error ${code} ${pointer}`);
  });

  it("asks a positional argument for a hint or a value", () => {
    const at = `${npm}/packageArguments/0`;
    expect(issuesWith(at, { type: "positional" })).toEqual([`error positional-argument-hint-or-value-required ${at}`]);
    expect(issuesWith(at, { type: "positional", value: "x" })).toEqual([]);
  });

  it("refuses a value that repeats its argument's name", () => {
    const at = `${npm}/packageArguments/1`;
    const named = { type: "named", name: "--units", value: "--units=metric" };
    expect(issuesWith(at, named)).toEqual([`error argument-value-starts-with-name ${at}/value`]);
  });

  it("asks an mcpb package for its hash and an https address", () => {
    const mcpb = { registryType: "mcpb", identifier: "http://example.com/a.mcpb", transport: { type: "stdio" } };
    expect(issuesWith(npm, mcpb)).toEqual([
      `error mcpb-file-hash-required ${npm}/fileSha256`,
      `error mcpb-identifier-not-https ${npm}/identifier`,
    ]);
  });

  it("warns where a client would be left to guess", () => {
    expect(issuesWith(`${npm}/version`, undefined)).toEqual([`warning package-version-missing ${npm}/version`]);
    expect(issuesWith(`${npm}/runtimeHint`, undefined)).toEqual([`warning runtime-hint-missing ${npm}/runtimeHint`]);
    expect(issuesWith(`${npm}/registryType`, "cargo")).toEqual([`warning unknown-registry-type ${npm}/registryType`]);
    expect(issuesWith(`${remote}/headers/0/variables`, {})).toEqual([
      `warning undeclared-template-variable ${remote}/headers/0/value`,
    ]);
    expect(issuesWith(`${npm}/environmentVariables/0/default`, "hunter2")).toEqual([
      `warning secret-has-default ${npm}/environmentVariables/0/default`,
    ]);
    expect(issuesWith(`${npm}/environmentVariables/0/value`, "hunter2")).toEqual([
      `warning secret-has-value ${npm}/environmentVariables/0/value`,
    ]);
  });

  it("bounds every list", () => {
    expect(issuesWith("/packages", Array(101).fill(sampleManifest.packages[0]))).toEqual([
      "error too-many-items /packages",
    ]);
    expect(issuesWith(`${npm}/packageArguments`, "x")).toEqual([`error schema-type-mismatch ${npm}/packageArguments`]);
  });
});
