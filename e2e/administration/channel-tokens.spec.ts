import type { Page } from "@playwright/test";
import { ask } from "../fixtures/api.ts";
import { expectAccessible, expectFitsPhone } from "../fixtures/appearance.ts";
import {
  confirm,
  include,
  linear,
  newSlug,
  preview,
  publishServer,
  startChannel,
  statusAt,
  within,
} from "../fixtures/channel.ts";
import { join } from "../fixtures/newcomer.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { toast } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

// Channels that are read with a token, and who is known to have read.

test.use({ storageState: sessionOf("admin") });

test("a token made for a channel reads it until it is revoked, and its reader is named", async ({ page }) => {
  test.slow();
  const { id, name } = await publishServer();
  const [slug, label] = [newSlug(), `Reader ${newSlug()}`];
  await startChannel(page, slug, "Token");
  await include(page, "Server", name);
  await expect(preview(page)).toContainText(name);
  await page.getByRole("button", { name: "Create channel" }).click();
  await page.waitForURL(`/channels/${slug}`);
  await page.getByRole("link", { name: "Make a token for it" }).click();
  await page.getByLabel("Label").fill(label);
  await expect(page.getByLabel(`Channel ${slug}`)).toBeChecked();
  await page.getByRole("button", { name: "Create token" }).click();
  const bearer = (await page.getByRole("status").getByText(/^cst_/).textContent()) ?? "";
  const address = `/c/${slug}`;
  const status = () => statusAt(address, name, bearer);
  await expect.poll(status, within).toBe(200);
  expect(await statusAt(address, name)).toBe(401);
  expect(await statusAt("/c/engineering", linear, bearer), "a token of another channel").toBe(403);

  await expect(async () => {
    await page.goto(`/servers/${name}?tab=readers`);
    const reader = page
      .getByRole("table", { name: "Who resolved this version" })
      .getByRole("row")
      .filter({ hasText: label });
    await expect(reader).toContainText(`Channel ${slug}`, { timeout: 1_000 });
  }).toPass();
  await expectAccessible(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "Revoke…" }).click();
  await expect(page.getByRole("dialog")).toContainText(label);
  await page.getByRole("dialog").getByLabel("Reason").fill("Leaks what it is asked.");
  await page.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(page.getByText("Revoked: do not use this version")).toBeVisible();
  for (const address of [`/servers/${name}`, `/reviews/${id}`]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { name: "Who resolved it" })).toBeVisible();
    await expect(page.getByRole("row").filter({ hasText: label })).toBeVisible();
  }

  await page.goto("/tokens");
  const row = page.getByRole("row").filter({ hasText: label });
  await expect(row).toContainText(slug);
  await confirm(page, row.getByRole("button", { name: /^Revoke/ }), "Revoke token");
  await expect(toast(page, "Token revoked")).toBeVisible();
  await expect.poll(() => statusAt(address, name, bearer), within).toBe(401);
});

test("a channel for robots is offered for robots alone, and a name is never given twice", async ({ page, browser }) => {
  const slug = newSlug();
  await startChannel(page, slug, "Token");
  await page.getByLabel("People may make tokens for it themselves").uncheck();
  await page.getByRole("button", { name: "Create channel" }).click();
  await page.waitForURL(`/channels/${slug}`);
  expect((await ask("admin", "GET", `/api/v1/channels/${slug}`)).openToPeople).toBe(false);
  const offered = (tab: Page) => tab.getByLabel(`Channel ${slug}`);
  await page.goto("/tokens/new");
  await page.getByLabel("Resolve").check();
  await expect(page.getByText("Others are for robots")).toBeVisible();
  await expect(offered(page)).toHaveCount(0);
  await page.getByLabel("For a robot").check();
  await expect(offered(page)).toBeVisible();
  const { page: theirs, context } = await join(browser, []);
  await theirs.goto(`/tokens/new?channel=${slug}`);
  await expect(theirs.getByText("Others are for robots")).toBeVisible();
  await expect(offered(theirs)).toHaveCount(0);
  await context.close();

  await startChannel(page, slug, "Anonymous");
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(page.getByText("There is a channel of this name already.")).toBeVisible();
  await expect(page.getByLabel("Name in the address")).toHaveValue(slug);
});
