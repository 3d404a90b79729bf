import { expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "#lib/resolver/http/cursor.ts";

const filter = { search: "grüße & co", version: "latest", updatedSince: 1_780_000_000_000, includeDeleted: true };
const after = { name: "io.acme/weather", version: "1.0.0+b" };

it("carries place and filter in characters that need no encoding in an address", () => {
  const text = encodeCursor({ after, filter, until: 1_780_000_000_005 });
  expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(decodeCursor(text)).toEqual({ after, filter, until: 1_780_000_000_005 });
});

const forge = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

it.each([
  "x",
  "io.acme/weather:1.0.0",
  "!!!",
  forge(null),
  forge({ v: 2, after: ["a", "b"] }),
  forge({ v: 1, after: ["a"] }),
  forge({ v: 1, after: ["a", 1] }),
  forge({ v: 1, after: ["a", "b"], more: true }),
  forge({ v: 1, after: ["a".repeat(400), "b"] }),
  forge({ v: 1, after: ["a", "b"], since: 1.5, until: 2, deleted: true }),
  forge({ v: 1, after: ["a", "b"], since: 1, deleted: true }),
  forge({ v: 1, after: ["a", "b"], until: 2, deleted: true }),
  forge({ v: 1, after: ["a", "b"], since: 1, until: 2 }),
  "A".repeat(5000),
])("refuses %s", (text) => {
  expect(() => decodeCursor(text)).toThrow(/^bad-request/);
});
