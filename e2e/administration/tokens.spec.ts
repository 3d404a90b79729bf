import { randomBytes } from "node:crypto";
import { call } from "../fixtures/api.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { toast } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ storageState: sessionOf("admin") });

test("a robot's token is shown once, does what its scopes say, and ends when it is revoked", async ({ page }) => {
  const label = `Pipeline ${randomBytes(4).toString("hex")}`;
  await page.goto("/tokens/new");
  await page.getByLabel("Label").fill(label);
  await page.getByLabel("For a robot").check();
  await page.getByLabel("app.linear").check();
  await page.getByRole("button", { name: "Create token" }).click();
  const shown = page.getByRole("status").getByText(/^cst_/);
  const bearer = (await shown.textContent()) ?? "";
  await page.getByRole("link", { name: "Back to API tokens" }).click();
  const row = page.getByRole("row").filter({ hasText: label });
  await expect(row).toContainText("made by Ada Lindqvist");
  expect(await page.content()).not.toContain(bearer);

  const status = async (path: string) => (await call("GET", path, { bearer })).status;
  expect(await status("/api/v1/versions/app.linear/linear")).toBe(200);
  expect(await status("/api/v1/audit/events")).toBe(403);
  expect(await status("/api/v1/people")).toBe(403);
  await row.getByRole("button", { name: `Revoke token ${label}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke token" }).click();
  await expect(toast(page, "Token revoked")).toBeVisible();
  expect(await status("/api/v1/versions/app.linear/linear")).toBe(401);
  await expect(
    page.getByRole("table", { name: "Ended tokens" }).getByRole("row").filter({ hasText: label }),
  ).toContainText("Revoked");
});
