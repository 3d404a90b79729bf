import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { PageFailure } from "./page-failure.tsx";

const draw = (digest: string | undefined) => renderToStaticMarkup(<PageFailure digest={digest} retry={() => {}} />);

it("says what it means for clients, gives the reference to quote, and a way to try again", () => {
  const html = draw("2100056596");
  expect(html).toContain("clients that resolve servers do not depend on these pages");
  expect(html).toContain("quote the reference");
  expect(html).toContain("Reference 2100056596");
  expect(html).toMatch(/<button[^>]*>Try again<\/button>/);
});

it("promises no reference where there is none", () => {
  expect(draw(undefined)).not.toMatch(/reference/i);
});

it("says what is missing when the registry itself lacks something, and wants nothing quoted", () => {
  const html = draw("unavailable");
  expect(html).toContain("most likely its database");
  expect(html).toContain("Temporarily unavailable");
  expect(html).not.toMatch(/reference/i);
  expect(html).toMatch(/<button[^>]*>Try again<\/button>/);
});
