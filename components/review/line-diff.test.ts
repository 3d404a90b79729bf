import { describe, expect, it } from "vitest";
import { foldUnchanged, toDiffLines } from "./line-diff.ts";

describe("toDiffLines", () => {
  it("numbers each side by itself", () => {
    expect(toDiffLines("a\nb\nc\n", "a\nB\nc\n")).toEqual([
      { kind: "same", before: 1, after: 1, text: "a" },
      { kind: "removed", before: 2, after: null, text: "b" },
      { kind: "added", before: null, after: 2, text: "B" },
      { kind: "same", before: 3, after: 3, text: "c" },
    ]);
  });

  it("shows a line feed added at the end as a change", () => {
    expect(toDiffLines("a", "a\n").some((line) => line.kind !== "same")).toBe(true);
  });

  it("keeps every line of texts that have nothing in common", () => {
    const before = Array.from({ length: 6000 }, (_, n) => `before ${n}`).join("\n");
    const after = Array.from({ length: 6000 }, (_, n) => `after ${n}`).join("\n");
    const lines = toDiffLines(before, after);
    expect(lines.filter((line) => line.kind === "removed")).toHaveLength(6000);
    expect(lines.filter((line) => line.kind === "added")).toHaveLength(6000);
  });
});

describe("foldUnchanged", () => {
  it("keeps three lines around a change and folds the rest", () => {
    const before = Array.from({ length: 21 }, (_, n) => `line ${n}`);
    const after = before.with(10, "changed");
    const blocks = foldUnchanged(toDiffLines(before.join("\n"), after.join("\n")));
    expect(blocks.map((block) => [block.folded, block.lines.length])).toEqual([
      [true, 7],
      [false, 8],
      [true, 7],
    ]);
  });

  it("folds everything when nothing changed", () => {
    expect(foldUnchanged(toDiffLines("a\nb", "a\nb")).map((block) => block.folded)).toEqual([true]);
  });
});
