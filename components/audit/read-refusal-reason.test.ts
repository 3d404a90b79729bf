import { expect, it } from "vitest";
import { readRefusalReason } from "./read-refusal-reason.ts";

it.each([
  [{ code: "signature-rejected", detail: "long", reason: "other" }, "signature-rejected"],
  [{ reason: "unknown, expired or revoked" }, "unknown, expired or revoked"],
  [{ code: 3, reason: ["x"] }, null],
  [{}, null],
  [null, null],
  ["text", null],
])("reads %j as %j", (details, reason) => {
  expect(readRefusalReason(JSON.stringify({ seq: 1, details }))).toBe(reason);
});

it.each(["", "null", "[]", "3"])("finds no reason in %j", (body) => {
  expect(readRefusalReason(body)).toBeNull();
});
