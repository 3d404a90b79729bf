import { describe, expect, it } from "vitest";
import { inspectJson, parseStrictJson, StrictJsonError, type StrictJsonOptions } from "#lib/core/strict-json.ts";

const options: StrictJsonOptions = { what: "document", maxBytes: 100_000 };
const parse = (text: string | Uint8Array, more: Partial<StrictJsonOptions> = {}) =>
  parseStrictJson(typeof text === "string" ? Buffer.from(text) : text, { ...options, ...more });

function refusal(text: string | Uint8Array, more: Partial<StrictJsonOptions> = {}) {
  try {
    parse(text, more);
  } catch (error) {
    if (error instanceof StrictJsonError) return `${error.code} ${error.pointer}`.trim();
    throw error;
  }
  return "accepted";
}

describe("parseStrictJson", () => {
  it("returns what JSON.parse returns", () => {
    const text = '{"a":[1,-2.5,1e3,true,null,"\\u00e9\\ud83d\\ude00"],"b":{"":{}}, "c":9007199254740991}';
    expect(parse(text)).toEqual(JSON.parse(text));
    expect(parse("  7\n")).toBe(7);
  });

  it.each([
    ["repeated key", '{"a":1,"a":2}', "duplicate-key /a"],
    ["repeated key in another spelling", '{"a":1,"\\u0061":2}', "duplicate-key /a"],
    ["repeated key deep inside", '{"a":[{"b":{"c":1,"c":1}}]}', "duplicate-key /a/0/b/c"],
    ["key with pointer characters", '{"a/b~":1,"a/b~":1}', "duplicate-key /a~1b~0"],
    ["key differing by case", '{"name":1,"Name":2}', "case-variant-key /Name"],
    ["key differing by the long s", '{"version":1,"ver\u017Fion":2}', "case-variant-key /ver\u017Fion"],
    ["key differing by the Kelvin sign", '{"key":1,"\u212Aey":2}', "case-variant-key /\u212Aey"],
    ["__proto__", '{"__proto__":{"admin":true}}', "forbidden-key /__proto__"],
    ["__proto__, escaped", '{"a":{"\\u005f_proto__":1}}', "forbidden-key /a/__proto__"],
    ["escaped key", '{"\\u0061":1}', "escaped-key /a"],
    ["key with an escape somewhere", '{"x":[{"io.acme\\/meta":1}]}', "escaped-key /x/0/io.acme~1meta"],
    ["key that is an escape", '{"\\\\":1}', "escaped-key /\\"],
    ["integer above 2^53-1", '{"n":9007199254740992}', "number-out-of-range /n"],
    ["integer below -(2^53-1)", "[-9007199254740992]", "number-out-of-range /0"],
    ["large exponent", "[1e300]", "number-out-of-range /0"],
    ["infinite", "[1e999]", "number-out-of-range /0"],
    ["lone surrogate", '["\\ud800x"]', "lone-surrogate /0"],
    ["lone surrogate in a key", '{"\\udc00":1}', "lone-surrogate /\ufffd"],
    ["comment", '{"a":1}//x', "syntax"],
    ["block comment", '{"a":/* */1}', "syntax"],
    ["trailing comma", '{"a":1,}', "syntax"],
    ["trailing text", '{"a":1} {"a":2}', "syntax"],
    ["single quotes", "{'a':1}", "syntax"],
    ["raw newline in a string", '{"a":"x\ny"}', "syntax"],
    ["raw control character in a string", '{"a":"x\u0001y"}', "syntax"],
    ["leading zero", "[01]", "syntax"],
    ["plus sign", "[+1]", "syntax"],
    ["NaN", "[NaN]", "syntax"],
    ["no-break space between tokens", '{"a":\u00a01}', "syntax"],
    ["empty", "", "syntax"],
    ["bad escape", '["\\x41"]', "syntax"],
    ["unterminated", '{"a":[1', "syntax"],
  ])("refuses %s", (_name, text, expected) => {
    expect(refusal(text)).toBe(expected);
  });

  it("refuses a byte order mark and bytes that are not UTF-8", () => {
    expect(refusal(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from("{}")]))).toBe("byte-order-mark");
    expect(refusal(Buffer.from([0x22, 0xff, 0x22]))).toBe("not-utf8");
    expect(refusal(Buffer.from([0x22, 0xc0, 0x80, 0x22]))).toBe("not-utf8");
    expect(refusal(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))).toBe("not-utf8");
    expect(refusal(Buffer.from("{}", "utf16le"))).toBe("syntax");
  });

  it("refuses a document above its size, and accepts one exactly of it", () => {
    expect(refusal('"1234567"', { maxBytes: 8 })).toBe("too-large");
    expect(parse('"123456"', { maxBytes: 8 })).toBe("123456");
  });

  it("holds the depth at exactly the limit, and survives absurd nesting", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(refusal(nested(64))).toBe("accepted");
    expect(refusal(nested(65))).toMatch(/^too-deep /);
    expect(refusal(`${'{"a":'.repeat(65)}1${"}".repeat(65)}`)).toMatch(/^too-deep /);
    expect(refusal("[".repeat(90_000))).toMatch(/^too-deep /);
    expect(refusal(nested(3), { maxDepth: 2 })).toBe("too-deep /0/0");
  });

  it("lets keys differ by case only where the caller says they are data", () => {
    const text = '{"env":{"PATH":1,"path":2},"fixed":{"a":1}}';
    expect(refusal(text)).toBe("case-variant-key /env/path");
    expect(refusal(text, { isMap: (path) => path[0] === "env" })).toBe("accepted");
    expect(refusal('{"a":1,"A":1}', { caseVariants: "allow" })).toBe("accepted");
    expect(refusal('{"a":1,"a":1}', { caseVariants: "allow" })).toBe("duplicate-key /a");
    expect(refusal('{"env":{"x":1,"x":2}}', { isMap: (path) => path[0] === "env" })).toBe("duplicate-key /env/x");
  });

  it("never repeats text of the document in the detail", () => {
    const secret = "\u001b[31msecret";
    const { problems } = inspectJson(Buffer.from(JSON.stringify({ [secret]: 1e300 })), options);
    expect(problems.map(({ code }) => code)).toEqual(["escaped-key", "number-out-of-range"]);
    for (const { detail } of problems) expect(detail).not.toContain("secret");
  });
});

describe("inspectJson", () => {
  it("reports every problem at its pointer, and still gives the value", () => {
    const text = '{"a":1,"a":2,"big":[1e400],"s":"\\udfff"}';
    const { value, problems } = inspectJson(Buffer.from(text), options);
    expect(problems.map((problem) => `${problem.code} ${problem.pointer}`)).toEqual([
      "duplicate-key /a",
      "number-out-of-range /big/0",
      "lone-surrogate /s",
    ]);
    expect(value).toMatchObject({ a: 2 });
  });

  it("bounds the number of problems", () => {
    const { problems } = inspectJson(Buffer.from(`[${Array(500).fill("1e400").join(",")}]`), options);
    expect(problems).toHaveLength(100);
  });
});
