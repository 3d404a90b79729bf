import { randomBytes } from "node:crypto";
import { call } from "../fixtures/api.ts";
import { enrolTotp, join, openApiSession } from "../fixtures/newcomer.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { idOf, makeToken } from "../fixtures/publisher.ts";
import { toast } from "../fixtures/review.ts";
import { isSignedIn } from "../fixtures/sign-in.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ storageState: sessionOf("admin") });

test("an invitation is shown once, joins one person with its roles, and works once", async ({ page, browser }) => {
  const email = `invited-${randomBytes(4).toString("hex")}@test.example`;
  await page.goto("/people");
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Invited Person");
  await dialog.getByLabel("E-mail address").fill(email);
  await dialog.getByLabel("Auditor").check();
  await dialog.getByRole("button", { name: "Make link" }).click();
  const link = (await dialog.getByText(/\/join#token=/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have kept it" }).click();
  expect(await page.content()).not.toContain(link.split("#token=")[1]);

  const context = await browser.newContext({ baseURL: process.env.E2E_URL });
  const invited = await context.newPage();
  await invited.goto(link);
  await expect(invited).toHaveURL("/join");
  await expect(invited.getByText(email)).toBeVisible();
  await invited.getByLabel("New password").fill("a sentence to sign in with");
  await invited.getByRole("button", { name: "Join" }).click();
  await invited.waitForURL("/");
  expect((await invited.request.get("/audit")).status()).toBe(200);
  expect((await invited.request.get("/people")).status()).toBe(403);
  await invited.goto(link);
  await expect(invited.getByText("The link is used, expired or unknown")).toBeVisible();
  await context.close();
});

test("deactivating somebody ends their browser, their sessions and their tokens at once", async ({ page, browser }) => {
  const { page: theirs, context, ...person } = await join(browser, [{ role: "publisher", namespace: "*" }]);
  const session = await openApiSession(person);
  const token = await makeToken(session);
  for (const bearer of [session, token]) expect((await call("GET", "/api/v1/whoami", { bearer })).status).toBe(200);
  await page.goto(`/people/${await idOf(person.email)}`);
  await page.getByRole("button", { name: "Deactivate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
  await expect(toast(page, "Deactivated")).toBeVisible();
  expect(await isSignedIn(theirs)).toBe(false);
  for (const bearer of [session, token]) expect((await call("GET", "/api/v1/whoami", { bearer })).status).toBe(401);
  const { email, password } = person;
  const refused = await call("POST", "/api/v1/sessions", { json: { email, password } });
  expect(refused).toMatchObject({ status: 401, body: { code: "sign-in-failed" } });
  await context.close();
});

test("a reset link sets a new password and ends what was open", async ({ page, browser }) => {
  const { page: theirs, context, ...person } = await join(browser, []);
  const session = await openApiSession(person);
  await page.goto(`/people/${await idOf(person.email)}`);
  await page.getByRole("button", { name: "Make reset link" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Make link" }).click();
  const link = (await dialog.getByText(/\/reset#token=/).textContent()) ?? "";
  expect(await isSignedIn(theirs), "until it is used").toBe(true);
  const password = `a password after ${person.name}`.slice(0, 16) + randomBytes(4).toString("hex");
  await theirs.goto(link);
  await theirs.getByLabel("New password").fill(password);
  await theirs.getByRole("button", { name: "Set password" }).click();
  await theirs.waitForURL("/");
  expect((await call("GET", "/api/v1/whoami", { bearer: session })).status).toBe(401);
  const old = { email: person.email, password: person.password };
  expect((await call("POST", "/api/v1/sessions", { json: old })).status).toBe(401);
  await openApiSession({ ...person, password });
  await context.close();
});

test("a lost authenticator is cleared with a reason, which ends what was open", async ({ page, browser }) => {
  const { page: theirs, context, ...person } = await join(browser, []);
  await enrolTotp(theirs);
  const { email, password } = person;
  const withoutCode = () => call("POST", "/api/v1/sessions", { json: { email, password } });
  expect((await withoutCode()).status).toBe(401);
  await page.goto(`/people/${await idOf(email)}`);
  await page.getByRole("button", { name: "Clear second factor" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("phone lost, asked in person");
  await dialog.getByRole("button", { name: "Clear second factor" }).click();
  await expect(toast(page, "Second factor cleared")).toBeVisible();
  await expect(page.getByText("Off: password alone")).toBeVisible();
  expect(await isSignedIn(theirs)).toBe(false);
  expect((await withoutCode()).status).toBe(201);
  await page.goto("/audit/refusals");
  const events = page.getByRole("table", { name: "Refusals and sign-ins" });
  await events
    .getByRole("row")
    .filter({ hasText: email })
    .filter({ hasText: "signed-in" })
    .first()
    .getByRole("link")
    .click();
  await expect(page.getByRole("heading", { name: /signed in$/ })).toBeVisible();
  await context.close();
});

test("roles that are taken away count from the next request", async ({ page, browser }) => {
  const { page: theirs, context, email } = await join(browser, [{ role: "auditor", namespace: "*" }]);
  expect((await theirs.request.get("/audit")).status()).toBe(200);
  await page.goto(`/people/${await idOf(email)}`);
  await page.getByLabel("Auditor").uncheck();
  await page.getByRole("button", { name: "Save roles" }).click();
  await expect(toast(page, "Roles changed")).toBeVisible();
  expect((await theirs.request.get("/audit")).status()).toBe(403);
  await context.close();
});
