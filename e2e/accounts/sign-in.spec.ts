import { randomBytes } from "node:crypto";
import { call } from "../fixtures/api.ts";
import { join } from "../fixtures/newcomer.ts";
import { credentialsOf } from "../fixtures/organisation.ts";
import { fillSignIn, isSignedIn } from "../fixtures/sign-in.ts";
import { expect, test } from "../fixtures/test.ts";

test("signing in leads to where one wanted to go, and signing out ends the session itself", async ({ browser }) => {
  const { page, context, ...credentials } = await join(browser, [{ role: "auditor", namespace: "*" }]);
  const kept = await context.storageState();
  await page.getByRole("button", { name: "Account of" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL("/sign-in");
  await context.addCookies(kept.cookies);
  expect(await isSignedIn(page), "a cookie copied before signing out").toBe(false);
  await context.clearCookies();
  await page.goto("/audit/state");
  await page.waitForURL(/\/sign-in\?next=/);
  await fillSignIn(page, credentials);
  await page.waitForURL("/audit/state");
  await expect(page.getByRole("heading", { level: 1, name: "Audit" })).toBeVisible();
  await context.close();
});

test("a wrong password and an unknown account read the same", async ({ page, complaints }) => {
  const { email } = credentialsOf("auditor");
  for (const address of [email, "nobody@test.example"]) {
    await page.goto("/sign-in");
    await fillSignIn(page, { email: address, password: "not the password" });
    await expect(page.getByRole("alert").filter({ hasText: "That did not match" })).toHaveText(
      "That did not matchCheck the e-mail address, the password and the code. An administrator can send you a link for a new password.",
    );
  }
  expect(await isSignedIn(page)).toBe(false);
  // Chromium logs each 401.
  expect(complaints.splice(0).every((complaint) => complaint.includes("401"))).toBe(true);
});

test("a way back to another site is not followed", async ({ browser }) => {
  const { page, context, ...credentials } = await join(browser, []);
  await context.clearCookies();
  await page.goto("/sign-in?next=//evil.example/");
  await fillSignIn(page, credentials);
  await page.waitForURL(`${process.env.E2E_URL}/`);
  await context.close();
});

test("guessing at one account is stopped after ten attempts, for that account alone", async ({ page, complaints }) => {
  const email = `victim-${randomBytes(4).toString("hex")}@test.example`;
  const attempt = () => call("POST", "/api/v1/sessions", { json: { email, password: "a guess" } });
  const answers = [];
  for (let n = 0; n < 11; n++) answers.push(await attempt());
  expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(401), 429]);
  expect(Number(answers.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(0);
  await page.goto("/sign-in");
  await fillSignIn(page, { email, password: "a guess" });
  await expect(page.getByText("Too many attempts")).toBeVisible();
  const other = { email: `other-${email}`, password: "a guess" };
  expect((await call("POST", "/api/v1/sessions", { json: other })).status).toBe(401);
  complaints.length = 0;
});
