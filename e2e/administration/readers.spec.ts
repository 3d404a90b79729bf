import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectAccessible, expectFitsPhone } from "../fixtures/appearance.ts";
import { publishServer } from "../fixtures/channel.ts";
import { plantReaders } from "../fixtures/database.ts";
import { join } from "../fixtures/newcomer.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { expect, test } from "../fixtures/test.ts";

// Who resolved a version, when they are many: in an incident somebody has to call all of them.

test.use({ storageState: sessionOf("auditor") });

const rows = (page: Page) => page.getByRole("table", { name: "Who resolved this version" }).getByRole("row");

test("readers come in pages, are narrowed by the keyboard, and leave as a file", async ({ page, browser }) => {
  test.slow();
  const { name, version } = await publishServer();
  await plantReaders("engineering", name, version, 52);
  await plantReaders("partners", name, version, 3);
  await page.goto(`/servers/${name}?version=${version}`);
  await page.getByRole("link", { name: "Readers" }).click();
  await expect(page.getByText("55 readers, by UTC day")).toBeVisible();
  await expect(rows(page)).toHaveCount(26);
  const pages = page.getByRole("navigation", { name: "Pages" });
  await expect(pages).toContainText("Page 1 of 3, 55 in all");
  await expectAccessible(page);

  await pages.getByRole("link", { name: "Next" }).press("Enter");
  await expect(pages).toContainText("Page 2 of 3");
  await pages.getByRole("link", { name: "Next" }).press("Enter");
  await expect(pages).toContainText("Page 3 of 3");
  await expect(rows(page)).toHaveCount(6);
  await expect(pages.getByRole("link", { name: "Next" })).toHaveCount(0);

  await page.getByLabel("Channel").selectOption({ label: "Partners" });
  await page.getByLabel("Read by").selectOption({ label: "Tokens" });
  await page.getByRole("button", { name: "Apply" }).press("Enter");
  await expect(page.getByText("3 readers like this")).toBeVisible();
  await expect(rows(page)).toHaveCount(4);
  await expect(pages).toHaveCount(0);
  expect(await exportFrom(page)).toHaveLength(4);
  await page.getByLabel("Read by").selectOption({ label: "Anonymous" });
  await page.getByRole("button", { name: "Apply" }).press("Enter");
  await expect(page.getByText("No reader fits the filter.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Reset" }).press("Enter");
  await expect(page.getByText("55 readers, by UTC day")).toBeVisible();
  expect(await exportFrom(page)).toHaveLength(56);
  await expectFitsPhone(page);

  const address = `/servers/${name}/readers?version=${version}`;
  const { page: theirs, context } = await join(browser, []);
  const refused = await theirs.request.get(address);
  expect([refused.status(), (await refused.json()).code]).toEqual([403, "forbidden"]);
  await theirs.goto(`/servers/${name}?version=${version}&tab=readers`);
  await expect(theirs.getByRole("link", { name: "Readers" })).toHaveCount(0);
  await context.close();
});

/** Lines of the file that the button gives, its head line with them. */
async function exportFrom(page: Page): Promise<string[]> {
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).press("Enter");
  return readFileSync(await (await download).path(), "utf8")
    .trimEnd()
    .split("\r\n");
}
