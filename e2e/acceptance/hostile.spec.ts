import type { Request } from "@playwright/test";
import { ask, bearerOf, call } from "../fixtures/api.ts";
import { join, openApiSession } from "../fixtures/newcomer.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { openSignedInPublisher } from "../fixtures/publisher.ts";
import { expectResolves } from "../fixtures/resolve.ts";
import { approve } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

// A malicious publisher, another site, and a member who is curious.

const markup = '<img src=x onerror="window.attacked=1"><script>window.attacked=1</script>';

test.describe("text of a publisher", () => {
  test.use({ storageState: sessionOf("reviewer") });

  test("stays text wherever it is shown, and links lead only where they say", async ({ page }) => {
    const publisher = await openSignedInPublisher();
    const version = await publisher.publish("1.0.0", {
      title: `Weather ${markup}`.slice(0, 100),
      description: markup,
      websiteUrl: "https://example.com/%3Cscript%3E",
    });
    const expectInert = async (address: string) => {
      await page.goto(address);
      await expect(page.getByText("onerror=").first()).toBeVisible();
      expect(await page.evaluate(() => "attacked" in window)).toBe(false);
      expect(await page.locator("main img").count()).toBe(0);
      const strangers = page.locator('main a[href^="http"]');
      for (const link of await strangers.all()) {
        await expect(link).toHaveAttribute("rel", /noreferrer/);
        await expect(link).toHaveAttribute("href", /^https:/);
      }
    };
    await expectInert(`/reviews/${version.id}`);
    await approve(version, "reviewer");
    await expectResolves(version.name, "1.0.0");
    for (const tab of ["overview", "manifest"]) await expectInert(`/servers/${version.name}?tab=${tab}`);
    await expectInert(`/?search=${publisher.namespace}`);
  });
});

test.describe("another site", () => {
  test.use({ storageState: sessionOf("admin") });

  test("cannot make a browser's session do what a form of ours does", async ({ page, context, complaints }) => {
    const name = `com.example.c${Date.now().toString(36)}`;
    await page.goto("/namespaces");
    await page.getByRole("button", { name: "New namespace" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill(name);
    const sent = page.waitForRequest((request) => request.method() === "POST");
    await page.route("/namespaces", (route) =>
      route.request().method() === "POST" ? route.abort() : route.continue(),
    );
    await page.getByRole("button", { name: "Create namespace" }).click();
    const request = await sent;
    await expect(page.getByText("The registry did not answer")).toBeVisible();
    const replay = async (origin: string | null) =>
      context.request.fetch(request.url(), await toReplay(request, origin));
    const status = async () =>
      (await call("GET", `/api/v1/namespaces/${name}`, { bearer: await bearerOf("admin") })).status;
    for (const origin of ["https://evil.example", "null", null]) {
      await replay(origin);
      expect(await status(), `from ${origin}`).toBe(404);
    }
    // The same bytes from our own pages do it, so the Origin alone was what stopped them.
    await replay(`${process.env.E2E_URL}`);
    expect(await status()).toBe(200);
    // Of the request that was kept from leaving.
    expect(complaints.splice(0)).toEqual([expect.stringContaining("ERR_FAILED")]);
  });
});

async function toReplay(request: Request, origin: string | null) {
  const { cookie: _cookie, origin: _origin, ...headers } = await request.allHeaders();
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith(":") && name !== "content-length");
  const data = request.postDataBuffer() ?? undefined;
  return { method: "POST", headers: { ...Object.fromEntries(kept), ...(origin ? { origin } : {}) }, data };
}

test("a member without a role learns nothing of a version that waits, on any way", async ({ browser }) => {
  const publisher = await openSignedInPublisher();
  const { id, name } = await publisher.publish("1.0.0");
  const { page, context, ...member } = await join(browser, []);
  const bearer = await openApiSession(member);
  const [namespace] = name.split("/");
  for (const [real, invented] of [
    [`/api/v1/versions/${name}`, "/api/v1/versions/com.example.none/weather"],
    [`/api/v1/versions/${name}/1.0.0`, "/api/v1/versions/com.example.none/weather/1.0.0"],
    [`/api/v1/namespaces/${namespace}`, "/api/v1/namespaces/com.example.none"],
    [`/api/v1/reviews/${id}`, "/api/v1/reviews/00000000-0000-4000-8000-000000000000"],
  ] as const) {
    const answers = await Promise.all([real, invented].map((at) => call("GET", at, { bearer })));
    const [seen, unseen] = answers.map(({ status, body: { requestId: _id, ...rest } }) => ({ status, rest }));
    expect(seen, real).toEqual(unseen);
    expect([403, 404]).toContain(seen?.status);
  }
  for (const address of [`/servers/${name}`, `/reviews/${id}`, `/namespaces/${namespace}`]) {
    const response = await page.request.get(address);
    expect([403, 404], address).toContain(response.status());
    expect(await response.text(), address).not.toContain("Tells the weather of a place.");
  }
  expect(await (await page.request.get(`/?search=${namespace}`)).text()).not.toContain("Tells the weather of a place.");
  expect((await ask("reviewer", "GET", `/api/v1/reviews/${id}`)).state).toBe("pending");
  await context.close();
});
