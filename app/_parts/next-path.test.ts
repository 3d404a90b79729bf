import { describe, expect, it } from "vitest";
import { safeNextPath, signInPath } from "./next-path.ts";

describe("safeNextPath", () => {
  it.each(["/", "/reviews", "/servers/com.acme/weather?version=1.0.0", "/audit?action=a%2Fb"])("keeps %s", (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n//evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "reviews",
    "",
    "/a\\..\\b",
    `/${"a".repeat(2000)}`,
    ["/a", "/b"],
    undefined,
    null,
  ])("sends %j to the start page", (path) => {
    expect(safeNextPath(path)).toBe("/");
  });
});

it("leads back from sign-in", () => {
  expect(signInPath("/reviews?page=2")).toBe("/sign-in?next=%2Freviews%3Fpage%3D2");
  expect(signInPath("/")).toBe("/sign-in");
});
