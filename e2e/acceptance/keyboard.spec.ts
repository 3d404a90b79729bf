import type { Page } from "@playwright/test";
import { sessionOf } from "../fixtures/organisation.ts";
import { openSignedInPublisher } from "../fixtures/publisher.ts";
import { expectResolves } from "../fixtures/resolve.ts";
import { toast } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ storageState: sessionOf("reviewer") });

test("a version is found, read and approved without a mouse, and every stop on the way is seen", async ({ page }) => {
  const publisher = await openSignedInPublisher();
  const version = await publisher.publish("1.0.0");
  await page.goto(`/reviews?namespace=${publisher.namespace}`);
  const row = page.locator("[data-queue-row]");
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(row).toBeFocused({ timeout: 200 });
  }).toPass();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/reviews\/[0-9a-f-]+$/);
  await tabTo(page, "Approve…");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Approve this version?" });
  await expect(dialog).toContainText(version.manifestDigest);
  await tabTo(page, "Approve");
  await page.keyboard.press("Enter");
  await expect(toast(page, "1.0.0 is countersigned")).toBeVisible();
  await expectResolves(version.name, "1.0.0");
});

/** Presses Tab until the button of this name has the focus; each stop must show that it has it. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = page.getByRole("button", { name, exact: true });
  await expect(target).toBeVisible();
  for (let stop = 0; stop < 80; stop++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((button) => button === document.activeElement)) return;
    const unseen = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return null;
      const { outlineStyle, boxShadow } = getComputedStyle(focused);
      return outlineStyle === "none" && boxShadow === "none" ? focused.outerHTML.slice(0, 200) : null;
    });
    expect(unseen, "has the focus and does not show it").toBeNull();
  }
  throw new Error(`${name} is not reached with Tab.`);
}
