import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { StatusBanner } from "./status-banner.tsx";

const now = new Date("2026-11-22T12:00:00Z");

it("says since when an expired version is one, and that it takes a new version to go on", () => {
  const html = renderToStaticMarkup(
    <StatusBanner state="expired" message={null} since="2026-11-22T10:00:00Z" now={now} />,
  );
  expect(html).toContain('dateTime="2026-11-22T10:00:00Z"');
  expect(html).toContain("publish it under a new version");
});

it("shows the end of no other state", () => {
  const html = renderToStaticMarkup(
    <StatusBanner state="revoked" message="CVE" since="2027-01-01T00:00:00Z" now={now} />,
  );
  expect(html).toContain("Revoked: do not use this version");
  expect(html).not.toContain("2027");
});

it("is silent about a version that can be relied on", () => {
  expect(renderToStaticMarkup(<StatusBanner state="approved" message={null} now={now} />)).toBe("");
});
