import { ask, bearerOf, call } from "../fixtures/api.ts";
import { ageSignIns } from "../fixtures/database.ts";
import { join } from "../fixtures/newcomer.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { openSignedInPublisher, run } from "../fixtures/publisher.ts";
import { expectResolves, statusOf } from "../fixtures/resolve.ts";
import { approveOnPage, toast } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ storageState: sessionOf("reviewer") });

test("a rejection reaches the publisher with its reason, and the number stays taken", async ({ page }) => {
  const publisher = await openSignedInPublisher();
  const version = await publisher.publish("1.0.0");
  await page.goto(`/reviews/${version.id}`);
  await page.getByRole("button", { name: "Reject…" }).click();
  const dialog = page.getByRole("dialog", { name: "Reject this version?" });
  await expect(dialog).toContainText(version.manifestDigest);
  await dialog.getByLabel("Reason").fill("The host is not yours.");
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await expect(toast(page, "1.0.0 is rejected")).toBeVisible();
  const status = await run(publisher.cli(["status", `${version.name}@1.0.0`]));
  expect(status.stdout).toContain("rejected");
  expect(status.stdout).toContain("The host is not yours.");
  expect(await statusOf(version.name, "1.0.0")).toBe(404);
  await expect(publisher.publish("1.0.0", { description: "Other bytes." })).rejects.toThrow("version-exists");
});

test("an old sign-in approves nothing until it is proved again", async ({ browser }) => {
  const publisher = await openSignedInPublisher();
  const version = await publisher.publish("1.0.0");
  const { page, context, ...reviewer } = await join(browser, [{ role: "reviewer", namespace: publisher.namespace }]);
  await ageSignIns(reviewer.email, 16);
  await page.goto(`/reviews/${version.id}`);
  await approveOnPage(page, version);
  const proof = page.getByRole("dialog", { name: "Confirm it is you" });
  await expect(proof).toBeVisible();
  expect((await ask("reviewer", "GET", `/api/v1/reviews/${version.id}`)).votes).toEqual([]);
  await proof.getByLabel("Password").fill(reviewer.password);
  await proof.getByRole("button", { name: "Confirm and go on" }).click();
  await expect(toast(page, "1.0.0 is countersigned")).toBeVisible();
  await expectResolves(version.name, "1.0.0");
  await context.close();
});

test("a publisher takes a version back before it is reviewed, and nobody can approve it then", async ({ browser }) => {
  const publisher = await openSignedInPublisher();
  const version = await publisher.publish("1.0.0");
  const context = await browser.newContext({ baseURL: process.env.E2E_URL, storageState: sessionOf("publisher") });
  const page = await context.newPage();
  const { reviewDigest, expiry } = await ask("reviewer", "GET", `/api/v1/reviews/${version.id}`);
  await page.goto(`/servers/${version.name}?version=1.0.0`);
  await page.getByRole("button", { name: "Withdraw…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw", exact: true }).click();
  await expect(toast(page, "1.0.0 is withdrawn")).toBeVisible();
  const json = { reviewDigest, expiresAt: expiry.suggested };
  const late = await call("POST", `/api/v1/reviews/${version.id}/approve`, {
    bearer: await bearerOf("reviewer"),
    json,
  });
  expect(late).toMatchObject({ status: 409, body: { code: "state-conflict" } });
  expect(await statusOf(version.name, "1.0.0")).toBe(404);
  await context.close();
});
