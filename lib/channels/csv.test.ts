import { expect, it } from "vitest";
import { toCsvLine } from "#lib/channels/csv.ts";

it("is a record of RFC 4180: quoted where it must be, empty for what is not known", () => {
  expect(toCsvLine(["a", 12, null, "O'Neil", 'say "x", y', ""])).toBe('a,12,,O\'Neil,"say ""x"", y",\r\n');
});

it.each(["=1+1", "+49 30", "-2", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", " =1"])("lets %j be no formula", (value) => {
  expect(toCsvLine([value])).toBe(`'${value}\r\n`);
});

it("a formula that has to be quoted is none either", () => {
  expect(toCsvLine(['=HYPERLINK("https://evil.example","x")'])).toBe(
    `"'=HYPERLINK(""https://evil.example"",""x"")"\r\n`,
  );
});

it.each([
  ["a\r\nb,c", '"a\\u{D}\\u{A}b,c"\r\n'],
  ["\t=1", "\\u{9}=1\r\n"],
  ["a\u202eb\u200b", "a\\u{202E}b\\u{200B}\r\n"],
  ["\ufeff=1", "\\u{FEFF}=1\r\n"],
])("shows what could not be seen, and keeps one record on one line: %j", (value, line) => {
  expect(toCsvLine([value])).toBe(line);
});
