import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { mintSecret } from "../../lib/access/tokens/secret.ts";
import { type EmbeddedDatabase, startEmbedded } from "../../lib/db/embedded/index.ts";
import { expectAccessible, expectFitsPhone } from "../fixtures/appearance.ts";
import { type Instance, startInstance } from "../fixtures/instance.ts";
import { test as base, expect } from "../fixtures/test.ts";

// What people are told while the database is stopped, and that they go on where they were once it is back.

type Stopped = { instance: Instance; stop: () => Promise<void>; start: () => Promise<void> };

const test = base.extend<object, { registry: Stopped }>({
  registry: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's shape.
    async ({}, use) => {
      const dir = mkdtempSync(path.join(tmpdir(), "cs-away-"));
      const startDatabase = () => startEmbedded({ dir: path.join(dir, "database"), settings: ["fsync=off"] });
      let database: EmbeddedDatabase = await startDatabase();
      const env = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl };
      const instance = await startInstance({ kind: "production", env });
      const start = async () => {
        database = await startDatabase();
      };
      await use({ instance, stop: () => database.stop(), start });
      await instance.stop();
      await database.stop();
      rmSync(dir, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: ({ registry }, use) => use(registry.instance.url),
});

test("a form says that nothing was saved and keeps what was typed; a page says what is missing", async ({
  page,
  registry,
  complaints,
}) => {
  test.slow();
  await page.goto(readFileSync(path.join(registry.instance.dir, "production/secrets/first-admin-link"), "utf8").trim());
  await page.getByLabel("Your name").fill("First Administrator");
  await page.getByLabel("E-mail").fill("first@company.example");
  await page.getByLabel("New password").fill("a long enough sentence");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.waitForURL("/");
  await page.goto("/namespaces");
  await page.getByRole("button", { name: "New namespace" }).first().click();
  await page.getByRole("dialog").getByLabel("Name").fill("com.example.away");

  await registry.stop();
  await page.getByRole("button", { name: "Create namespace" }).click();
  const notice = page.getByRole("alert").filter({ hasText: "Temporarily unavailable" });
  await expect(notice).toContainText("The database does not answer; nothing was saved. Try again in a moment.");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("com.example.away");

  const second = await page.context().newPage();
  expect((await second.goto("/namespaces"))?.status()).toBe(503);
  await expect(second.getByText("The registry cannot answer at the moment")).toBeVisible();
  await expectAccessible(second);
  await expectFitsPhone(second);

  const download = await page.request.get("/audit/export");
  expect([download.status(), (await download.json()).code]).toEqual([503, "unavailable"]);

  await registry.start();
  await second.getByRole("button", { name: "Try again" }).click();
  await expect(second.getByRole("heading", { name: "Namespaces" })).toBeVisible();
  await page.getByRole("button", { name: "Create namespace" }).click();
  await page.waitForURL("/namespaces/com.example.away");
  // Chromium logs the status of what could not be had.
  expect(complaints.splice(0).filter((complaint) => !complaint.includes("status of 503"))).toEqual([]);
});

test("programs are told to come back", async ({ request, registry }) => {
  await registry.stop();
  const answer = await request.post("/api/v1/namespaces", {
    data: { name: "com.example.away2" },
    headers: { authorization: `Bearer ${mintSecret("css").secret}` },
  });
  expect([answer.status(), answer.headers()["retry-after"]]).toEqual([503, "2"]);
  expect(await answer.json()).toMatchObject({
    code: "unavailable",
    detail: "The database does not answer; nothing was saved. Try again in a moment.",
  });
  await registry.start();
});
