import { expectAccessible, expectFitsPhone } from "../fixtures/appearance.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { expect, test } from "../fixtures/test.ts";
import { addressOf, pages } from "./pages.ts";

// What opens on top of pages, and pages that say no.

test.use({ storageState: sessionOf("reviewer") });

const review = () => addressOf(pages.find(({ route }) => route === "/reviews/[versionId]")!);

for (const { title, address, status, heading } of [
  { title: "not allowed", address: "/people", status: 403, heading: "Not allowed" },
  { title: "not found", address: "/no-such-page", status: 404, heading: "Not found" },
  { title: "not visible or not there", address: "/servers/com.example.none/none", status: 404, heading: "Not found" },
  { title: "no such problem", address: "/problems/none", status: 404, heading: "Not found" },
  { title: "no such review", address: "/reviews/none", status: 404, heading: "Not found" },
]) {
  test(`a page that is ${title} says so calmly (${address})`, async ({ page, complaints }) => {
    const response = await page.goto(address);
    expect(response?.status()).toBe(status);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await expectAccessible(page);
    await expectFitsPhone(page);
    // Chromium logs the status of the page itself, and nothing else.
    expect(complaints.splice(0)).toEqual([expect.stringContaining(`status of ${status}`)]);
  });
}

test("the confirm of an approval is accessible and fits a phone", async ({ page }) => {
  await page.goto(await review());
  await page.getByRole("button", { name: "Approve…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await expectFitsPhone(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Approve…" })).toBeFocused();
});

test("a line-by-line difference fits a phone", async ({ page }) => {
  await page.goto(`${await review()}?diff=raw`);
  await expectAccessible(page);
  await expectFitsPhone(page);
});

for (const tab of ["verify", "manifest", "versions"]) {
  test(`the ${tab} view of a server is accessible and fits a phone`, async ({ page }) => {
    await page.goto(`/servers/io.github.modelcontextprotocol/server-filesystem?tab=${tab}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
    await expectFitsPhone(page);
  });
}

test("the palette opens by Ctrl+K, is accessible, and goes where it says", async ({ page }) => {
  await page.goto("/");
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expectAccessible(page);
  await page.keyboard.type("Reviews");
  await page.keyboard.press("Enter");
  await page.waitForURL("/reviews");
});

test("a phone's navigation opens, is accessible, and goes where it says", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/");
  await page.getByRole("button", { name: "Open navigation" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("link", { name: "Reviews" }).click();
  await page.waitForURL("/reviews");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("the appearance that somebody chose stays", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Account of" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
