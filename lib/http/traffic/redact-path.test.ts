import { expect, it } from "vitest";
import { redactPath } from "#lib/http/traffic/redact-path.ts";

const secret = `csc_${"a1B2".repeat(12)}Z`;

it.each([
  ["/v0.1/servers/io.acme%2Fweather/versions/1.0.0", "/v0.1/servers/io.acme%2Fweather/versions/1.0.0"],
  ["/c/team/v0.1/servers", "/c/team/v0.1/servers"],
  ["/c/team/v0/servers", "/c/team/v0/servers"],
  ["/c/team", "/c/team"],
  [`/c/team/${secret}/v0.1/servers?search=x`, "/c/team/[secret]/v0.1/servers"],
  ["/c/team/guessed-wrong/v0.1/servers", "/c/team/[secret]/v0.1/servers"],
  [`/C/team/${secret.toUpperCase()}/v0.1`, "/C/team/[secret]/v0.1"],
  [`/%63/team/x${secret}`, "/%63/team/[secret]"],
  [`/c/team/%63sc_${secret.slice(4)}/v0.1`, "/c/team/[secret]/v0.1"],
  [`//c/team/${secret}/v0.1`, "//c/team/[secret]/v0.1"],
  [`/x/../c/team/${secret}`, "/x/../c/team/[secret]"],
  [`/reviews/cst_${"x".repeat(49)}`, "/reviews/[secret]"],
  ["/c/team/%/v0.1", "/c/team/[secret]/v0.1"],
  ["/sign-in?token=cst_abcdefghijkl#cst_abcdefghijkl", "/sign-in"],
  ["*", "*"],
  ["", ""],
])("%s is logged as %s", (url, expected) => {
  expect(redactPath(url)).toBe(expected);
});

it("is short, whatever is asked", () => {
  expect(redactPath(`/${"a".repeat(8_000)}`)).toHaveLength(301);
  expect(redactPath(`/c/t/${"a".repeat(8_000)}/v0.1`)).toBe("/c/t/[secret]");
  expect(redactPath(`/${"x/".repeat(140)}${secret}`)).not.toContain("csc_a1B2");
});
