import type { Page } from "@playwright/test";
import { type Instance, startInstance } from "../fixtures/instance.ts";
import { credentialsOf, saveSession } from "../fixtures/organisation.ts";
import { test as base, expect } from "../fixtures/test.ts";

// What somebody who is not signed in is shown while the default channel changes: a demo of its own.

const test = base.extend<{ admin: Page }, { instance: Instance }>({
  instance: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's shape.
    async ({}, use) => {
      const instance = await startInstance({ kind: "demo" });
      await use(instance);
      await instance.stop();
    },
    { scope: "worker" },
  ],
  baseURL: ({ instance }, use) => use(instance.url),
  admin: async ({ browser, instance }, use) => {
    const storageState = `${instance.dir}/admin.json`;
    await saveSession(instance.url, credentialsOf("admin", instance.output()), storageState);
    const context = await browser.newContext({ baseURL: instance.url, storageState });
    await use(await context.newPage());
    await context.close();
  },
});

const linear = "app.linear/linear";
const sentry = "io.sentry/sentry-mcp";
const serverLinks = (page: Page) => page.locator('main a[href^="/servers/"]');

async function edit(admin: Page, change: () => Promise<unknown>) {
  await admin.goto("/channels/default/edit");
  await change();
  await admin.getByRole("button", { name: "Save" }).click();
  await admin.waitForURL("/channels/default");
}

async function expectSentAway(page: Page, path: string) {
  await expect(async () => {
    await page.goto(path);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
  }).toPass();
}

test("a visitor sees exactly the default channel, and nothing when it is not for everybody", async ({
  page,
  admin,
  complaints,
}) => {
  test.slow();
  await page.goto("/");
  await expect(page.getByRole("link", { name: "Linear" })).toBeVisible();
  expect(await serverLinks(page).count()).toBeGreaterThan(3);

  await edit(admin, async () => {
    await admin.getByLabel("Only servers that match").check();
    await admin.getByRole("button", { name: "Include more" }).click();
    await admin.getByLabel("Included 1, namespace").fill("app.linear");
    await expect(admin.getByText("Disappear: 6 servers")).toBeVisible();
  });
  await expect(async () => {
    await page.goto("/");
    await expect(serverLinks(page)).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await page.goto("/?search=sentry");
  await expect(page.getByText("No server matches")).toBeVisible();
  await page.goto(`/servers/${linear}?tab=manifest`);
  await expect(page.getByText('"app.linear/linear"').first()).toBeVisible();
  for (const path of [`/servers/${sentry}`, `/servers/${sentry}?tab=manifest`]) {
    expect((await page.goto(path))?.status(), path).toBe(404);
  }
  // Chromium logs the status of the pages themselves, and nothing else.
  expect(complaints.splice(0)).toEqual(Array(2).fill(expect.stringContaining("status of 404")));

  await admin.goto("/");
  expect(await serverLinks(admin).count(), "people signed in see everything").toBeGreaterThan(3);
  await admin.goto("/servers/io.github.upstash/context7?tab=verify");
  await expect(admin.getByText("--channel engineering").first()).toBeVisible();
  await admin.goto(`/servers/${sentry}?tab=verify`);
  await expect(admin.getByText("No channel shows this server")).toBeVisible();

  await edit(admin, () => admin.getByLabel("Token", { exact: true }).check());
  await expectSentAway(page, "/");
  await expectSentAway(page, `/servers/${linear}`);
  await edit(admin, () => admin.getByLabel("Anonymous", { exact: true }).check());
  await expect(async () => {
    expect((await page.goto(`/servers/${linear}`))?.status()).toBe(200);
    expect(new URL(page.url()).pathname).toBe(`/servers/${linear}`);
  }).toPass();

  await admin.getByRole("button", { name: "Disable…" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Disable channel" }).click();
  await expect(admin.getByText("Disabled: nobody reads this channel")).toBeVisible();
  await expectSentAway(page, "/");
});
