import { describe, expect, it } from "vitest";
import { readVersionArgument } from "./version-argument.ts";

describe("readVersionArgument", () => {
  it.each([
    ["com.acme/weather", "com.acme/weather", null],
    ["com.acme/weather@1.0.0+b", "com.acme/weather", "1.0.0+b"],
    ["com.acme/weather@latest", "com.acme/weather", null],
    ["com.acme/weather@a@b", "com.acme/weather", "a@b"],
  ])("reads %s", (text, name, version) => {
    expect(readVersionArgument(text)).toEqual({ name, version });
  });

  it.each([
    "",
    "weather",
    "@1.0.0",
    "com.acme/weather@",
    "com.acme/weather@^1",
    "com.acme/..@1",
    "com.acme/weather@1 2",
    "a.b/c.d@..",
  ])("refuses %j", (text) => {
    expect(() => readVersionArgument(text)).toThrow(/Not a server or version/);
  });
});
