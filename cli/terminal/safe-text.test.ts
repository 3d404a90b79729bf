import { describe, expect, it } from "vitest";
import { raw, safe, safeBlock, safeCommand, safeTable } from "./safe-text.ts";

describe("safe", () => {
  it("escapes every value and keeps our own words", () => {
    expect(safe`Published ${"a\u001b[2J"}\n${7} ${null}!`).toBe("Published a\\u{1B}[2J\n7 !");
  });

  it("puts safe text into safe text once", () => {
    const inner = safe`<${"\u202e"}>`;
    expect(safe`[${raw(inner)}]`).toBe("[<\\u{202E}>]");
  });

  it("does not take an object that looks safe for safe", () => {
    const fake = { text: "\u001b[2J", toString: () => "\u001b[31m" } as unknown as string;
    expect(safe`${fake}`).toBe("\\u{1B}[31m");
  });
});

describe("safeBlock, safeCommand, safeTable", () => {
  it("keeps lines, and nothing else that acts", () => {
    expect(safeBlock("one\ntwo\r\u001b", "  ")).toBe("  one\n  two\\u{D}\\u{1B}");
  });

  it("gives no command that could not be read", () => {
    expect(safeCommand(["countersign", "status", "$(id)"])).toBe("countersign status '$(id)'");
    expect(safeCommand(["countersign", "a\nrm -rf ~"])).toBeNull();
  });

  it("aligns, and leaves out what is empty", () => {
    expect(
      safeTable([
        ["a", safe`1`],
        ["long", safe`2`],
        ["none", safe`${null}`],
      ]),
    ).toEqual(["  a     1", "  long  2"]);
  });
});
