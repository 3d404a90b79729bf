import { expect, it } from "vitest";
import { toExpiry } from "#lib/approval/expiry.ts";

const now = new Date("2026-03-01T10:00:00.000Z");
const expiry = (text: string) => toExpiry(text, 30, now).toISOString();

it("takes a time in any offset, and the end of a day", () => {
  expect(expiry("2026-03-10T12:00:00+02:00")).toBe("2026-03-10T10:00:00.000Z");
  expect(expiry("2026-03-10")).toBe("2026-03-10T23:59:59.999Z");
});

it("takes the last day of the namespace's lifetime as far as it goes", () => {
  expect(expiry("2026-03-31")).toBe("2026-03-31T10:00:00.000Z");
  expect(expiry("2026-03-31T10:00:00.000Z")).toBe("2026-03-31T10:00:00.000Z");
});

it.each([
  "2026-03-01T10:00:00.000Z",
  "2026-02-28",
  "2026-03-31T10:00:00.001Z",
  "2026-04-01",
  "9999-12-31T00:00:00Z",
  "2026-03-10T23:59:60Z",
])("refuses %s", (text) => {
  expect(() => expiry(text)).toThrowError(expect.objectContaining({ code: "invalid-input" }));
});
