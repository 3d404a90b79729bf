import type { Page } from "@playwright/test";
import { call } from "../fixtures/api.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { openPublisher, type Publisher, run } from "../fixtures/publisher.ts";
import { expectGone, expectResolves, latestOf, statusOf } from "../fixtures/resolve.ts";
import { approve, approveOnPage, toast } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

// The main job in one go: a publisher's key, the command, the queue, the review, the client, and the way back.

test.use({ storageState: sessionOf("reviewer") });

const invisible = "Tells the weather\u200b of a place.";

test("a version goes from its publisher's key to a client that verifies it, and back", async ({ page, browser }) => {
  test.slow();
  const publisher = await openPublisher();
  const { name, cli } = publisher;
  await test.step("the publisher makes an API token on the page and signs the command in with it", async () => {
    const context = await browser.newContext({ storageState: sessionOf("publisher"), baseURL: process.env.E2E_URL });
    const token = await makeTokenOnPage(await context.newPage());
    const login = await run(cli(["login", "--json"], `${token}\n`));
    expect(login.stdout + login.stderr).not.toContain(token);
    await context.close();
  });
  const first = await test.step("publishes, and nothing resolves yet", async () => {
    const published = await publisher.publish("1.0.0", { description: invisible });
    const status = await run(cli(["status", `${name}@1.0.0`, "--json"]));
    expect(status.json()).toMatchObject({ ok: true, version: { state: "pending", name, version: "1.0.0" } });
    expect(await statusOf(name, "1.0.0")).toBe(404);
    expect((await cli(["verify", `${name}@1.0.0`])).exit).toBe(6);
    return published;
  });
  await test.step("the reviewer finds it with the keyboard alone", async () => {
    await publisher.publish("1.0.1");
    await openFirstInQueue(page, publisher.namespace);
    await expect(page).toHaveURL(/\/reviews\/[0-9a-f-]{36}$/);
  });
  await test.step("reads it, sees the character that hides, and approves", async () => {
    await page.goto(`/reviews/${first.id}`);
    const manifest = page.locator("#diff");
    await expect(manifest.getByText("U+200B")).toBeVisible();
    await approveOnPage(page, first);
    await expect(toast(page, "1.0.0 is countersigned")).toBeVisible();
  });
  await test.step("a client resolves it within a second, and verifies it", async () => {
    await expectResolves(name, "1.0.0");
    const { body } = await call("GET", `/v0.1/servers/${name}/versions/1.0.0`);
    expect(body.server.description).toBe(invisible);
    expect(body._meta["countersign/approval"].manifest.digest).toBe(first.manifestDigest);
    const verified = await run(cli(["verify", `${name}@1.0.0`, "--require-status", "--json"]));
    expect(verified.json()).toMatchObject({ ok: true, name, version: "1.0.0", manifestDigest: first.manifestDigest });
  });
  await test.step("a newer version with another host is read against the live one, and approved", async () => {
    const second = await publisher.publish("2.0.0", {
      remotes: [{ type: "streamable-http", url: "https://elsewhere.example.net/mcp" }],
    });
    await page.goto(`/reviews/${second.id}`);
    const chips = page.getByRole("list", { name: "Needs a closer look" });
    await expect(chips).toContainText("New host");
    await expect(chips).toContainText("Major jump");
    await expect(page.locator("#changes")).toContainText("https://elsewhere.example.net/mcp");
    await page.getByRole("link", { name: "Line by line" }).click();
    await expect(page.locator("#diff")).toContainText("https://mcp.example.com/weather");
    await approve(second, "secondReviewer");
    await expectResolves(name, "2.0.0");
    expect(await latestOf(name)).toBe("2.0.0");
  });
  await test.step("revoked on its page: gone within a second, latest moves back, verification says why", async () => {
    const evidence = await saveEvidence(publisher, "2.0.0");
    await revokeOnPage(page, name, "2.0.0", "Its host was taken over.");
    await expectGone(name, "2.0.0");
    expect(await latestOf(name)).toBe("1.0.0");
    const { body } = await call("GET", `/v0.1/servers/${name}/versions/2.0.0?include_deleted=true`);
    expect(body._meta["io.modelcontextprotocol.registry/official"]).toMatchObject({ status: "deleted" });
    const failed = await cli(["verify", `${name}@2.0.0`, "--json"]);
    expect(failed.exit).toBe(7);
    expect(JSON.stringify(failed.json())).toContain("revoked");
    // Files cannot know of it: the command says so, and fails where it must be known.
    const offline = await run(cli(["verify", ...evidence, "--json"]));
    expect(offline.json()).toMatchObject({ ok: true, revocation: { status: "not-checked" } });
    expect((await cli(["verify", ...evidence, "--require-status"])).exit).toBe(7);
    await run(cli(["verify", `${name}@1.0.0`, "--require-status"]));
  });
});

async function makeTokenOnPage(page: Page): Promise<string> {
  await page.goto("/tokens");
  await page.getByRole("link", { name: "New token" }).first().click();
  await page.getByLabel("Label").fill("Laptop of the publisher");
  await page.getByLabel("Publish", { exact: true }).check();
  await page.getByRole("button", { name: "Create token" }).click();
  const shown = page.getByRole("status").getByText(/^cst_/);
  return (await shown.textContent()) ?? "";
}

/** j goes to the first row, k and j change nothing but the focus, Enter opens. */
async function openFirstInQueue(page: Page, namespace: string): Promise<void> {
  await page.goto(`/reviews?namespace=${namespace}`);
  const rows = page.locator("[data-queue-row]");
  await expect(rows).toHaveCount(2);
  // The keys work once the page's script has run.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(rows.first()).toBeFocused({ timeout: 200 });
  }).toPass();
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press("a");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/reviews\//);
  await expect(page.getByRole("button", { name: "Approve…" })).toBeVisible();
}

async function saveEvidence({ name, cli, folder }: Publisher, version: string): Promise<string[]> {
  await run(cli(["verify", `${name}@${version}`, "--save", "evidence"]));
  const files = { manifest: "server", bundle: "bundle", approval: "approval", "trusted-root": "trusted-root" };
  const args = Object.entries(files).flatMap(([option, file]) => [`--${option}`, `${folder}/evidence/${file}.json`]);
  return [...args, "--registry-key", `${folder}/evidence/key-set.json`];
}

async function revokeOnPage(page: Page, name: string, version: string, reason: string): Promise<void> {
  await page.goto(`/servers/${name}?version=${version}`);
  await page.getByRole("button", { name: "Revoke…" }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke this version for good?" });
  await expect(dialog).toContainText(`${name} ${version}`);
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(toast(page, `${version} is revoked`)).toBeVisible();
  await expect(page.getByText("Revoked: do not use this version")).toBeVisible();
  await expect(page.getByText(reason)).toBeVisible();
}
