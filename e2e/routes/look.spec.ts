import { expectAccessible, expectFitsPhone } from "../fixtures/appearance.ts";
import { type Role, sessionOf } from "../fixtures/organisation.ts";
import { expect, test } from "../fixtures/test.ts";
import { addressOf, pages } from "./pages.ts";

// How each page is drawn, for somebody who sees it. The fixture fails a test on any complaint of the browser.

test.describe.configure({ mode: "parallel" });

for (const page of pages) {
  const looker = page.for?.includes("anonymous")
    ? "anonymous"
    : page.route.startsWith("/reviews")
      ? "reviewer"
      : "admin";
  test.describe(() => {
    if (looker !== "anonymous") test.use({ storageState: sessionOf(looker as Role) });

    test(`${page.route} is accessible in light and dark, fits a phone, and has its title`, async ({ page: tab }) => {
      await tab.goto(await addressOf(page));
      await tab.waitForLoadState("networkidle");
      await expect(tab.locator("h1")).toHaveCount(1);
      await expect(tab).toHaveTitle(/^.+ · Countersign$/);
      await expectAccessible(tab);
      await expectFitsPhone(tab);
    });
  });
}
