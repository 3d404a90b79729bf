import fc from "fast-check";

const long = "a".repeat(70_000);

/** Texts that break what is careless: terminators, half characters, markup, paths, other encodings, prototype names. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "a\u0000b",
    "\ud800",
    "x\udfff",
    "\u202egnp",
    "\u200b",
    "__proto__",
    "constructor",
    "toString",
    "..",
    "../../etc/passwd",
    "%00",
    "%E0%A4",
    "a/b",
    '\'; DROP TABLE "Version"; --',
    "<script>alert(1)</script>",
    "{{7*7}}",
    "💥".repeat(300),
    "e\u0301".repeat(50),
    long,
  ),
  fc.constantFrom("-1", "0", "1e309", "NaN", "9007199254740993", "99999999999999999999", "0x10", "1.5", "true", "null"),
  fc.constantFrom("0000-00-00T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-02-30", "+275760-09-13T00:00:00.001Z"),
  fc.constantFrom("*", "latest", "com.acme", "COM.ACME", "com.acme/weather", "current", "others"),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ maxLength: 200 }),
);

/** Any JSON value, wrong types above all. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -0, -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], [null], {
      a: {},
    }),
  },
  { weight: 1, arbitrary: fc.constant(Array.from({ length: 1500 }, () => "x")) },
  { weight: 1, arbitrary: fc.constant(JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{}}}')) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);

const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
const json = "application/json";

/** Bodies as bytes with their content type; most are no JSON object. */
export const hostileContent: fc.Arbitrary<{ content: Uint8Array<ArrayBuffer>; type: string | null }> = fc.oneof(
  fc
    .constantFrom(
      "",
      "{",
      "[]",
      "null",
      '"text"',
      "1",
      "{}{}",
      '{"a":1,"a":2}',
      '{"name":"a","name":"b","NAME":"c"}',
      '{"a":\u00001}',
      '{"a":"\\ud800"}',
      '{"__proto__":{"isAdmin":true}}',
      "\ufeff{}",
      "{'a':1}",
      '{"a":NaN}',
      deep("[", "]", 20_000),
      `${'{"a":'.repeat(8000)}1${"}".repeat(8000)}`,
      `{"a":${deep("[", "]", 5000)}}`,
      `{"a":"${"x".repeat(66_000)}"}`,
    )
    .chain((text) =>
      fc.record({
        content: fc.constant(new TextEncoder().encode(text)),
        type: fc.constantFrom(
          json,
          `${json}; charset=utf-8`,
          `${json};charset=utf-16`,
          "text/plain",
          "text/html",
          null,
        ),
      }),
    ),
  fc.record({
    content: fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
    type: fc.constant(json),
  }),
  fc.record({
    content: fc
      .constantFrom(
        "--b\r\n\r\n",
        "--b--",
        "",
        "--b\r\ncontent-disposition: form-data; name=manifest\r\n\r\n{}\r\n--b--\r\n",
      )
      .map((text) => new TextEncoder().encode(text)),
    type: fc.constantFrom("multipart/form-data", "multipart/form-data; boundary=b", "multipart/form-data; boundary="),
  }),
);

export const hostileAuthorization: fc.Arbitrary<string> = fc.constantFrom(
  "Bearer",
  "Bearer ",
  "Bearer x",
  `Bearer ${"x".repeat(600)}`,
  "Basic YTpi",
  "bearer cst_0000000000000000000000000000000000000000000000000",
  "Bearer cst_1111111111111111111111111111111111111111111111111, Bearer b",
  "Token x",
);
