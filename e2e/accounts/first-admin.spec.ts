import { readFileSync } from "node:fs";
import { type Instance, startInstance } from "../fixtures/instance.ts";
import { isSignedIn } from "../fixtures/sign-in.ts";
import { test as base, expect } from "../fixtures/test.ts";

/** A production instance of its own, as `npm start` makes it. */
const test = base.extend<object, { instance: Instance }>({
  instance: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's shape.
    async ({}, use) => {
      const instance = await startInstance({ kind: "production" });
      await use(instance);
      await instance.stop();
    },
    { scope: "worker" },
  ],
  baseURL: ({ instance }, use) => use(instance.url),
});

test("the one-time link makes the first administrator, once, and there is nobody and nothing before", async ({
  page,
  browser,
  instance,
}) => {
  const link = readFileSync(`${instance.dir}/production/secrets/first-admin-link`, "utf8").trim();
  // A previewer that opens the link uses nothing up: the token never reaches the server.
  expect((await fetch(link)).status).toBe(200);
  await page.goto(link);
  await expect(page).toHaveURL("/setup");
  await page.getByLabel("Your name").fill("First Administrator");
  await page.getByLabel("E-mail").fill("first@company.example");
  await page.getByLabel("New password").fill("a long enough sentence");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.waitForURL("/");
  expect(await isSignedIn(page)).toBe(true);
  await page.goto("/");
  await expect(page.getByText("Nothing resolves yet")).toBeVisible();
  await page.getByRole("link", { name: "To the namespaces" }).click();
  await page.waitForURL("/namespaces");
  await page.goto("/people");
  await expect(page.getByRole("row").filter({ hasText: "@" })).toHaveCount(1);
  await page.goto("/trust");
  await expect(page.getByRole("heading", { level: 2, name: /public/i })).toBeVisible();
  await expect(page.getByText("Demo", { exact: false })).toHaveCount(0);

  const stranger = await browser.newPage();
  await stranger.goto(link);
  await stranger.getByLabel("Your name").fill("Somebody Else");
  await stranger.getByLabel("E-mail").fill("else@company.example");
  await stranger.getByLabel("New password").fill("another long sentence");
  await stranger.getByRole("button", { name: "Create administrator" }).click();
  await expect(stranger.getByText("The link is used, expired or unknown")).toBeVisible();
  await stranger.close();
  await page.goto("/people");
  await expect(page.getByText("else@company.example")).toHaveCount(0);
});
