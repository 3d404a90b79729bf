import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifyCharacter, escapeForTerminal, escapeInvisible, shellQuote } from "#lib/core/escape.ts";

describe("escapeInvisible", () => {
  it("names what cannot be seen and leaves the rest in runs", () => {
    expect(escapeInvisible("1.0\u200b.0\u202ex")).toEqual([
      { kind: "text", text: "1.0" },
      { kind: "invisible", codePoint: 0x200b, label: "U+200B", name: "ZERO WIDTH SPACE" },
      { kind: "text", text: ".0" },
      { kind: "bidi", codePoint: 0x202e, label: "U+202E", name: "RIGHT-TO-LEFT OVERRIDE" },
      { kind: "text", text: "x" },
    ]);
    expect(escapeInvisible("")).toEqual([]);
  });

  it.each([
    ["\u001b", "control", "ESCAPE"],
    ["\u009b", "control", "CONTROL SEQUENCE INTRODUCER"],
    ["\u0003", "control", "CONTROL CHARACTER"],
    ["\u2067", "bidi", "RIGHT-TO-LEFT ISOLATE"],
    ["\u00a0", "invisible", "NO-BREAK SPACE"],
    ["\u2003", "invisible", "INVISIBLE CHARACTER"],
    ["\u3164", "invisible", "HANGUL FILLER"],
    ["\u2800", "invisible", "BRAILLE PATTERN BLANK"],
    ["\u{e0041}", "invisible", "TAG CHARACTER"],
    ["\ufe0f", "invisible", "VARIATION SELECTOR"],
    ["\u{f0000}", "invisible", "INVISIBLE CHARACTER"],
    ["\ud800", "invisible", "HALF OF A SURROGATE PAIR"],
  ])("classifies %j as %s", (character, kind, name) => {
    expect(escapeInvisible(character)).toEqual([expect.objectContaining({ kind, name })]);
  });

  it("leaves letters of every script, signs and emoji alone", () => {
    for (const character of "aÄ語عא€→😀 ") expect(classifyCharacter(character)).toBe("text");
  });

  it("loses nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const back = escapeInvisible(text)
          .map((segment) => (segment.kind === "text" ? segment.text : String.fromCodePoint(segment.codePoint)))
          .join("");
        expect(back).toBe(text);
      }),
    );
  });
});

describe("escapeForTerminal", () => {
  it("shows escapes, and cannot be fooled by text that looks escaped", () => {
    expect(escapeForTerminal("\u001b[31mred\n")).toBe("\\u{1B}[31mred\\u{A}");
    expect(escapeForTerminal("\\u{1B}")).toBe("\\\\u{1B}");
    expect(escapeForTerminal("a\nb\r", { keepLines: true })).toBe("a\nb\\u{D}");
  });

  it("cuts long text and says so", () => {
    expect(escapeForTerminal("x".repeat(12), { maxChars: 10 })).toBe("xxxxxxxxxx… (2 more characters)");
  });

  it("never lets a control or direction character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeForTerminal(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b-\u200f]/u);
      }),
    );
  });
});

describe("shellQuote", () => {
  it("leaves plain arguments readable", () => {
    expect(shellQuote(["countersign", "verify", "io.github.acme/weather@1.2.0", "--at=2026-01-01T00:00:00Z"])).toBe(
      "countersign verify io.github.acme/weather@1.2.0 --at=2026-01-01T00:00:00Z",
    );
  });

  it.each([
    [[""], "''"],
    [["a b"], "'a b'"],
    [["it's"], "'it'\\''s'"],
    [["$(id)"], "'$(id)'"],
    [["`id`"], "'`id`'"],
    [["~root"], "'~root'"],
    [["=ls"], "'=ls'"],
    [["a;b"], "'a;b'"],
    [["*"], "'*'"],
    [["!x"], "'!x'"],
    [["ü"], "'ü'"],
  ])("quotes %j", (argv, expected) => {
    expect(shellQuote(argv)).toBe(expected);
  });

  it.each(["a\nb", "a\u001b[2J", "a\u202eb", "1.0\u200b", "a\tb", "a\u0000"])("refuses %j", (argument) => {
    expect(() => shellQuote(["x", argument])).toThrow(RangeError);
  });

  it("reads back in a real shell as it went in", () => {
    const argv = ["a b", "it's", '"', "$(echo no)", "\\", "~", "*", "#x", "a=b", "-n", "", "x&&y"];
    const script = `for a in ${shellQuote(argv)}; do printf '%s\\n' "$a"; done`;
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(argv.map((each) => `${each}\n`).join(""));
  });
});
