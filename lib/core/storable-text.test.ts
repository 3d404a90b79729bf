import { expect, it } from "vitest";
import { z } from "zod";
import { parseInput } from "#lib/core/parse-input.ts";
import { findUnstorableText } from "#lib/core/storable-text.ts";

it.each([
  ["a\0", []],
  [{ name: "a\0" }, ["name"]],
  [{ grants: [{ role: "x" }, { role: "\ud800" }] }, ["grants", 1, "role"]],
  [{ "\0": 1 }, []],
])("finds it in %j", (value, path) => expect(findUnstorableText(value)).toEqual(path));

it.each([["plain"], ["\u{1f600} \n"], [{ a: [1, null, true, new Uint8Array([0])] }], [undefined]])(
  "finds none in %j",
  (value) => expect(findUnstorableText(value)).toBeNull(),
);

it("goes as deep as there is", () => {
  let value: unknown = "\0";
  for (let depth = 0; depth < 30_000; depth++) value = [value];
  expect(findUnstorableText(value)).toHaveLength(16);
});

it("goes round no circle twice", () => {
  const circle: Record<string, unknown> = { a: ["x"] };
  circle.self = [circle, circle];
  expect(findUnstorableText(circle)).toBeNull();
});

it("makes an input invalid, at its place, whatever the shape would allow", () => {
  const parse = () => parseInput(z.object({ search: z.string() }), { search: "a\0b" });
  expect(parse).toThrow(
    expect.objectContaining({ code: "invalid-input", fields: [expect.objectContaining({ pointer: "/search" })] }),
  );
});
