import { call } from "../fixtures/api.ts";
import { expect, test } from "../fixtures/test.ts";

// Readers who are not signed in.

test("the catalogue shows the same servers as the read API, no more and no fewer", async ({ page }) => {
  const { body } = await call("GET", "/v0.1/servers?version=latest&limit=100&search=server");
  const served = body.servers.map(({ server }: { server: { name: string } }) => server.name);
  await page.goto("/?search=server");
  const links = page.locator('main a[href^="/servers/"]');
  await expect(links.first()).toBeVisible();
  const shown = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname.slice(9)));
  expect([...new Set(shown)].sort()).toEqual([...served].sort());
});

test("a server says who signed and who countersigned it, and how to check that", async ({ page }) => {
  await page.goto("/servers/app.linear/linear");
  const provenance = page.getByRole("complementary", { name: "Provenance" });
  await expect(provenance).toContainText(/signed/i);
  await expect(provenance).toContainText(/countersigned/i);
  await page.getByRole("link", { name: "Verify", exact: true }).click();
  await expect(page.getByText("countersign verify app.linear/linear@1.0.0").first()).toBeVisible();
});

test("a version that waits is not there, and one that was revoked says so", async ({ page, complaints }) => {
  await page.goto("/servers/io.github.upstash/context7?tab=versions");
  await expect(page.getByText("1.0.33").first()).toBeVisible();
  await expect(page.getByText("4.1.1")).toHaveCount(0);
  const response = await page.goto("/servers/io.github.upstash/context7?version=4.1.1");
  expect(response?.status()).toBe(404);
  // Chromium logs the status of the page itself.
  complaints.length = 0;
});
