import { expect, it } from "vitest";
import { readRefusedUpload } from "./read-refused-upload.ts";

const body = (details: unknown) => JSON.stringify({ seq: 1, details });

it("offers a rule for a verified workflow that no rule allowed", () => {
  const details = { code: "publisher-not-allowed", detail: "No rule matches.", identity: { kind: "github-actions" } };
  expect(readRefusedUpload(body(details))).toEqual({ detail: "No rule matches.", prefills: true });
});

it("offers none for another reason, another identity or none", () => {
  const workflow = { kind: "github-actions" };
  expect(readRefusedUpload(body({ code: "unpinned-refused", identity: workflow })).prefills).toBe(false);
  expect(readRefusedUpload(body({ code: "publisher-not-allowed", identity: { kind: "key" } })).prefills).toBe(false);
  expect(readRefusedUpload(body({ code: "publisher-not-allowed", identity: null })).prefills).toBe(false);
});

it.each(["", "null", "[]", '{"details":3}'])("says less for %j", (text) => {
  expect(readRefusedUpload(text)).toEqual({ detail: "See the event.", prefills: false });
});
