import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readPlainJson } from "#lib/core/plain-json.ts";
import { inspectJson, type StrictJsonOptions } from "#lib/core/strict-json.ts";

const limits: StrictJsonOptions = { what: "document", maxBytes: 2000, maxDepth: 5 };

/** What full inspection says: the value of a document without problems, else undefined. */
function inspected(bytes: Uint8Array, options: StrictJsonOptions): unknown {
  const { value, problems } = inspectJson(bytes, options);
  return problems.length === 0 ? value : undefined;
}

/** Never accepts what inspection refuses; refuses what it accepts only for keys beyond ASCII. */
function assertAgreement(bytes: Uint8Array, options: StrictJsonOptions): void {
  const plain = readPlainJson(bytes, options);
  const full = inspected(bytes, options);
  if (plain !== undefined || !Buffer.from(bytes).some((byte) => byte > 0x7f || byte === 0x5c)) {
    // The runner's own comparison takes an object with a key `constructor` for one of another class.
    expect(isDeepStrictEqual(plain, full), Buffer.from(bytes).toString()).toBe(true);
  }
}

const key = fc.oneof(
  fc.constantFrom("a", "A", "b", "ab", "aB", "__proto__", "constructor", "", 'q"', "\\", "é", "É", "ſ", "S", "K", "k"),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const number = fc.constantFrom(
  "0",
  "-0",
  "1e2",
  "1.5",
  "9007199254740991",
  "9007199254740992",
  "1e400",
  "01",
  "-",
  "1E+2",
);
const space = fc.constantFrom("", "", "", " ", "\n\t", "\r", "\u00a0", "/**/");

/** Text of something like JSON: repeated keys, spaces, escapes, half surrogates, odd numbers, missing pieces. */
const document = fc.letrec<{ value: string; key: string; member: string }>((tie) => ({
  key: fc.oneof(
    key.map((text) => JSON.stringify(text)),
    fc.constantFrom('"\\u0061"', '"\\ud800"', '"\ud83d\ude00"', '"x\\\\"', '"\\"', '"a\\"b"', '"\u2028"', '"\u0001"'),
  ),
  member: fc.tuple(tie("key"), space, space, tie("value")).map(([name, a, b, value]) => `${name}${a}:${b}${value}`),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    number,
    tie("key"),
    fc.constantFrom("true", "null", "NaN", ""),
    fc
      .tuple(space, fc.array(tie("member"), { maxLength: 4 }), space)
      .map(([a, all, b]) => `{${a}${all.join(`${b},`)}}`),
    fc.array(tie("value"), { maxLength: 4 }).map((all) => `[${all.join(",")}]`),
  ),
})).value;

const options = fc.constantFrom<Partial<StrictJsonOptions>>(
  {},
  { caseVariants: "allow" },
  { isMap: (path) => path.length === 1 },
  { maxDepth: 2 },
  { maxBytes: 20 },
);

it("gives what full inspection gives", () => {
  fc.assert(
    fc.property(document, space, options, (text, end, more) => {
      assertAgreement(Buffer.from(text + end), { ...limits, ...more });
    }),
    { numRuns: 5000 },
  );
});

it("gives what full inspection gives for bytes changed anywhere", () => {
  const text = '{"a":{"b\\"":[1,2.5,"x\\u00e9"],"B":null}, "c" :{"":[{}]},"d":"é"}';
  fc.assert(
    fc.property(fc.nat(Buffer.byteLength(text) - 1), fc.nat(255), (at, byte) => {
      const bytes = Buffer.from(text);
      bytes[at] = byte;
      assertAgreement(bytes, limits);
    }),
    { numRuns: 3000 },
  );
});

it.each([
  ['{"a":1,"a":1}', "a repeated key"],
  ['{"a":1,"\\u0061":1}', "a repeated key, escaped"],
  ['{"a":{"x":1},"b":{"x":1,"x":{}}}', "a repeated key inside"],
  ['{"a":":","b":1,"b":1}', "a repeated key behind a colon in a text"],
  ['{"x\\\\":1,"x\\\\":2}', "a repeated key that ends with an escape"],
  ['{"\\u0061":1}', "an escaped key"],
  ['{"a":1,"b\\/c" :2}', "a key with an escape in it"],
  ['{"name":1,"Name":2}', "keys differing by case"],
  ['{"a":{"__proto__":1}}', "__proto__"],
  ["[9007199254740992]", "a large integer"],
  ['["\\ud800"]', "half a surrogate pair"],
  ["[[[[[[]]]]]]", "too many levels"],
  ['\ufeff{"a":1}', "a byte order mark"],
  ['{"a":1}}', "text behind"],
])("leaves %s to inspection: %s", (text) => {
  expect(readPlainJson(Buffer.from(text), limits)).toBeUndefined();
  expect(inspected(Buffer.from(text), limits)).toBeUndefined();
});

it("reads plain documents itself, whatever view of memory they are in", () => {
  const text = '{"a":[1,"x\\"y",{"b" :null}],"c":{"d":true}}';
  const padded = Buffer.from(`junk${text}junk`).subarray(4, -4);
  expect(readPlainJson(padded, limits)).toEqual(JSON.parse(text));
  expect(readPlainJson(new Uint8Array(Buffer.from(text)), limits)).toEqual(JSON.parse(text));
});

it("is not deceived when JSON.parse has learnt to take an escaped key for another", () => {
  // V8 compares an escaped key, as it is written, with the one that followed last time.
  for (let round = 0; round < 3; round++) {
    JSON.parse('{"name":"com.acme/weather","\\\\u00":1}');
    const text = '{"name":"com.acme/weather","\\u006eame":"com.other/evil"}';
    expect(readPlainJson(Buffer.from(text), limits)).toBeUndefined();
    expect(inspectJson(Buffer.from(text), limits).problems.map(({ code }) => code)).toEqual([
      "duplicate-key",
      "escaped-key",
    ]);
  }
});
