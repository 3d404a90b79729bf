import { expect, test } from "./fixtures/test.ts";

test.describe("every page", () => {
  test("carries a strict policy with a new nonce each time", async ({ page }) => {
    const policies = [];
    for (const _visit of [1, 2]) {
      const response = await page.goto("/sign-in");
      policies.push(response?.headers()["content-security-policy"] ?? "");
    }
    for (const policy of policies) {
      expect(policy).toContain("default-src 'self'");
      expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
      expect(policy).not.toMatch(/unsafe/);
    }
    expect(policies[0]).not.toBe(policies[1]);
  });

  test("has its nonce on every script", async ({ page }) => {
    await page.goto("/sign-in");
    const without = await page
      .locator("script")
      .evaluateAll((scripts) => scripts.filter((script) => !(script as HTMLScriptElement).nonce).length);
    expect(without).toBe(0);
    expect(await page.locator("script").count()).toBeGreaterThan(0);
  });

  test("refuses a script that an attacker slipped into its markup", async ({ page, complaints }) => {
    await page.goto("/sign-in");
    const ran = await page.evaluate(async () => {
      document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.attacked = true">');
      await new Promise((resolve) => setTimeout(resolve, 300));
      return "attacked" in window;
    });
    expect(ran).toBe(false);
    // The browser reports the refusal, which is what this test is about.
    expect(complaints.splice(0)).toEqual([expect.stringContaining("Content Security Policy")]);
  });

  test("is not found calmly", async ({ page, complaints }) => {
    const response = await page.goto("/no-such-page");
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    // Chromium logs the status of the page itself.
    complaints.length = 0;
  });
});

test("another host name is misdirected", async ({ request, baseURL }) => {
  const response = await request.get(`${baseURL}/`, { headers: { host: "evil.example" } });
  expect(response.status()).toBe(421);
});
