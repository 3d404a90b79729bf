import { ask, call } from "../fixtures/api.ts";
import { join, openApiSession } from "../fixtures/newcomer.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { openPublisher, openSignedInPublisher } from "../fixtures/publisher.ts";
import { expectResolves, statusOf } from "../fixtures/resolve.ts";
import { approve, approveOnPage, toast } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ storageState: sessionOf("reviewer") });

test("where two people must approve, the first approval is not enough and one person is not two", async ({ page }) => {
  const publisher = await openSignedInPublisher({ requiredApprovals: 2 });
  const version = await publisher.publish("1.0.0");
  await page.goto(`/reviews/${version.id}`);
  await approveOnPage(page, version);
  await expect(toast(page, "Your approval is recorded")).toBeVisible();
  await expect(page.getByText("You approved this already.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve…" })).toHaveCount(0);
  expect(await statusOf(version.name, "1.0.0")).toBe(404);
  await approve(version, "secondReviewer");
  await expectResolves(version.name, "1.0.0");
});

test("who uploaded a version reads why they cannot approve it, and is refused when they try anyway", async ({
  browser,
}) => {
  const publisher = await openPublisher();
  const grants = ["publisher", "reviewer"].map((role) => ({ role, namespace: publisher.namespace }));
  const both = await join(browser, grants);
  const bearer = await openApiSession(both);
  await publisher.signIn(bearer);
  const version = await publisher.publish("1.0.0");
  await both.page.goto(`/reviews/${version.id}`);
  await expect(both.page.getByText("You uploaded this version.")).toBeVisible();
  await expect(both.page.getByRole("button", { name: "Approve…" })).toHaveCount(0);
  const { reviewDigest, expiry } = await ask("reviewer", "GET", `/api/v1/reviews/${version.id}`);
  const json = { reviewDigest, expiresAt: expiry.suggested };
  const refused = await call("POST", `/api/v1/reviews/${version.id}/approve`, { bearer, json });
  expect(refused).toMatchObject({ status: 403, body: { code: "approver-not-eligible" } });
  const { state, votes } = await ask("reviewer", "GET", `/api/v1/reviews/${version.id}`);
  expect({ state, votes }).toEqual({ state: "pending", votes: [] });
  await both.context.close();
});

test("a review that changed while it was read is refused, and approved only as it is now", async ({ page }) => {
  const publisher = await openSignedInPublisher();
  const version = await publisher.publish("1.0.0");
  await page.goto(`/reviews/${version.id}`);
  await page.getByRole("button", { name: "Approve…" }).click();
  await ask("admin", "PATCH", `/api/v1/namespaces/${publisher.namespace}`, { requiredApprovals: 2 });
  const dialog = page.getByRole("dialog", { name: "Approve this version?" });
  await dialog.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(dialog.getByText("What you read is no longer what would be signed")).toBeVisible();
  const { state, votes } = await ask("reviewer", "GET", `/api/v1/reviews/${version.id}`);
  expect({ state, votes }).toEqual({ state: "pending", votes: [] });
  expect(await statusOf(version.name, "1.0.0")).toBe(404);
  await dialog.getByRole("button", { name: "Show the review as it is now" }).click();
  await expect(page.getByRole("complementary", { name: "Decision and timeline" })).toContainText("0 of 2");
  await approveOnPage(page, version);
  await expect(toast(page, "Your approval is recorded")).toBeVisible();
});

test("an approval of what the review said before does not count any more", async ({ page }) => {
  const publisher = await openSignedInPublisher({ requiredApprovals: 2 });
  const version = await publisher.publish("1.0.0");
  await approve(version, "secondReviewer");
  await ask("admin", "PATCH", `/api/v1/namespaces/${publisher.namespace}`, { unpinned: "refuse" });
  await page.goto(`/reviews/${version.id}`);
  await expect(page.getByRole("complementary", { name: "Decision and timeline" })).toContainText("0 of 2");
  await approveOnPage(page, version);
  await expect(toast(page, "Your approval is recorded")).toBeVisible();
  expect(await statusOf(version.name, "1.0.0")).toBe(404);
});

test("a version whose publisher's rule was retired meanwhile cannot be approved", async ({ page }) => {
  const publisher = await openSignedInPublisher();
  const version = await publisher.publish("1.0.0");
  await page.goto(`/reviews/${version.id}`);
  const { rules } = await ask("admin", "GET", `/api/v1/namespaces/${publisher.namespace}`);
  await ask("admin", "DELETE", `/api/v1/rules/${rules[0].id}`);
  await page.getByRole("button", { name: "Approve…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  expect((await ask("reviewer", "GET", `/api/v1/reviews/${version.id}`)).state).toBe("pending");
});
