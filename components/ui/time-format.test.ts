import { expect, it } from "vitest";
import { formatAbsolute, formatPrecise, formatRelative } from "./time-format.ts";

const now = new Date("2026-05-12T12:00:00.000Z");

it.each([
  ["2026-05-12T11:59:31.000Z", "just now"],
  ["2026-05-12T12:00:20.000Z", "just now"],
  ["2026-05-12T11:58:59.000Z", "1 minute ago"],
  ["2026-05-12T09:00:00.000Z", "3 hours ago"],
  ["2026-05-11T11:00:00.000Z", "yesterday"],
  ["2026-08-10T12:00:00.000Z", "in 3 months"],
  ["2024-05-01T12:00:00.000Z", "2 years ago"],
])("says %s as %s", (at, text) => {
  expect(formatRelative(at, now)).toBe(text);
});

it("gives the absolute time in UTC, whatever the zone of the machine", () => {
  expect(formatAbsolute("2026-05-12T23:30:00.000+02:00")).toBe("12 May 2026, 21:30 UTC");
});

it("gives the second, in UTC, where the order of events counts", () => {
  expect(formatPrecise("2026-05-12T23:30:07.912+02:00")).toBe("12 May 2026, 21:30:07 UTC");
});
