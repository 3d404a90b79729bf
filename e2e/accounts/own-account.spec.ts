import type { Page } from "@playwright/test";
import { call } from "../fixtures/api.ts";
import { ageSignIns } from "../fixtures/database.ts";
import { enrolTotp, join, openApiSession } from "../fixtures/newcomer.ts";
import { toast } from "../fixtures/review.ts";
import { fillSignIn, isSignedIn } from "../fixtures/sign-in.ts";
import { expect, test } from "../fixtures/test.ts";

const whoami = (bearer: string) => call("GET", "/api/v1/whoami", { bearer });

test("a new password ends the other sessions, and the old one stops working", async ({ browser }) => {
  const { page, context, ...person } = await join(browser, []);
  const other = await openApiSession(person);
  expect((await whoami(other)).status).toBe(200);
  await page.goto("/account");
  const password = `quite another ${person.password}`;
  await page.getByLabel("Present password").fill(person.password);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(toast(page, "Password changed")).toBeVisible();
  expect(await isSignedIn(page)).toBe(true);
  expect((await whoami(other)).status).toBe(401);
  const old = { email: person.email, password: person.password };
  expect((await call("POST", "/api/v1/sessions", { json: old })).status).toBe(401);
  expect((await whoami(await openApiSession({ ...person, password }))).status).toBe(200);
  await context.close();
});

test("an authenticator is enrolled, asked for, and each of its codes works once", async ({ browser }) => {
  const { page, context, ...person } = await join(browser, []);
  const { totp, enrolledAt } = await enrolTotp(page);
  await context.clearCookies();
  await page.goto("/sign-in");
  await fillSignIn(page, person);
  // The next code is good already: clocks differ by up to one step.
  const code = totp.generate({ timestamp: enrolledAt + 30_000 });
  await page.getByLabel("Code from your authenticator").fill(code);
  await page.getByRole("button", { name: "Confirm code" }).click();
  await page.waitForURL("/");
  expect(await isSignedIn(page)).toBe(true);
  const again = { email: person.email, password: person.password, totp: code };
  const refused = await call("POST", "/api/v1/sessions", { json: again });
  expect(refused).toMatchObject({ status: 401, body: { code: "sign-in-failed", totpRequired: true } });
  await context.close();
});

test("an administrator without a second factor is asked for one on the first page, until there is one", async ({
  browser,
}) => {
  const administrator = await join(browser, [{ role: "admin", namespace: "*" }]);
  const reviewer = await join(browser, [{ role: "reviewer", namespace: "*" }]);
  const notice = (page: Page) => page.getByText("Your password alone signs you in");
  await expect(notice(administrator.page)).toBeVisible();
  await administrator.page.getByRole("link", { name: "Set up an authenticator" }).click();
  await administrator.page.waitForURL("/account#second-factor");
  await enrolTotp(administrator.page);
  for (const { page, context } of [administrator, reviewer]) {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1, name: "Catalogue" })).toBeVisible();
    await expect(notice(page)).toHaveCount(0);
    await context.close();
  }
});

test("an old sign-in is asked for the password before it adds trust, and nothing typed is lost", async ({
  browser,
}) => {
  const { page, context, ...person } = await join(browser, []);
  await ageSignIns(person.email, 16);
  await page.goto("/tokens/new");
  await page.getByLabel("Label").fill("Made after a while");
  const submit = page.getByRole("button", { name: "Create token" });
  const dialog = page.getByRole("dialog", { name: "Confirm it is you" });
  await submit.click();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("A fresh sign-in is needed")).toBeVisible();
  await submit.click();
  await dialog.getByLabel("Password").fill("not the password");
  await dialog.getByRole("button", { name: "Confirm and go on" }).click();
  await expect(dialog).toContainText("This is not your password, or the code is not right.");
  await expect(dialog.getByLabel("Password")).toBeFocused();
  await dialog.getByLabel("Password").fill(person.password);
  await dialog.getByRole("button", { name: "Confirm and go on" }).click();
  await expect(page.getByRole("heading", { name: "Token “Made after a while”" })).toBeVisible();
  await context.close();
});

test("a session that somebody ends from another browser is over at once", async ({ browser }) => {
  const { page, context, ...person } = await join(browser, []);
  const elsewhere = await browser.newContext({ baseURL: process.env.E2E_URL });
  const second = await elsewhere.newPage();
  await second.goto("/sign-in");
  await fillSignIn(second, person);
  await second.waitForURL("/");
  await second.goto("/account");
  await second.getByRole("button", { name: "End all other sessions" }).click();
  await second.getByRole("button", { name: "End them" }).click();
  await expect(toast(second, "Your other sessions have ended")).toBeVisible();
  expect(await isSignedIn(page)).toBe(false);
  expect(await isSignedIn(second)).toBe(true);
  await elsewhere.close();
  await context.close();
});
