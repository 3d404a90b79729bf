import { describe, expect, it } from "vitest";
import { structuralDiff } from "./structural-diff.ts";

describe("structuralDiff", () => {
  it("finds nothing when only the order of members differs", () => {
    expect(structuralDiff({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toEqual([]);
  });

  it("names added, removed and changed values by pointer", () => {
    const before = { version: "1.0.0", remotes: [{ url: "https://a" }], old: true };
    const after = { version: "2.0.0", remotes: [{ url: "https://a" }, { url: "https://b" }], "a/b~": null };
    expect(structuralDiff(before, after)).toEqual([
      { pointer: "/version", kind: "changed", before: '"1.0.0"', after: '"2.0.0"' },
      { pointer: "/remotes/1", kind: "added", before: null, after: '{\n  "url": "https://b"\n}' },
      { pointer: "/old", kind: "removed", before: "true", after: null },
      { pointer: "/a~1b~0", kind: "added", before: null, after: "null" },
    ]);
  });

  it("shows a change of type as one change", () => {
    expect(structuralDiff({ a: [1] }, { a: { 0: 1 } })).toEqual([
      { pointer: "/a", kind: "changed", before: "[\n  1\n]", after: '{\n  "0": 1\n}' },
    ]);
  });

  it("does not take inherited members for members", () => {
    expect(structuralDiff({}, { constructor: "x", toString: "y" }).map((change) => change.kind)).toEqual([
      "added",
      "added",
    ]);
  });
});
