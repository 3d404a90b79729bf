import { randomBytes } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { ask, call } from "../fixtures/api.ts";
import { expectAccessible, expectFitsPhone } from "../fixtures/appearance.ts";
import { ageSignIns } from "../fixtures/database.ts";
import { join } from "../fixtures/newcomer.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { openSignedInPublisher, type Published } from "../fixtures/publisher.ts";
import { approve, toast } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

// Channels by the console's forms, read as clients read them.

test.use({ storageState: sessionOf("admin") });

/** How soon every reader must feel a change. */
const within = { timeout: 1_000, intervals: [20] };
const linear = "app.linear/linear";
const newSlug = () => `t-${randomBytes(5).toString("hex")}`;

const toPath = (address: string) => address.replace(`${process.env.E2E_URL}`, "");
const at = (address: string, name: string) =>
  `${toPath(address)}/v0.1/servers/${encodeURIComponent(name)}/versions/latest`;
const statusAt = async (address: string, name = linear, bearer?: string) =>
  (await call("GET", at(address, name), { bearer })).status;
const expectStatus = (address: string, status: number, name = linear) =>
  expect.poll(() => statusAt(address, name), within).toBe(status);

async function namesAt(address: string, query = "", bearer?: string): Promise<string[]> {
  const { body } = await call("GET", `${toPath(address)}/v0.1/servers?limit=100${query}`, { bearer });
  return body.servers.map(({ server }: { server: { name: string } }) => server.name);
}

/** Fills the form of a new channel but for its servers. */
async function startChannel(page: Page, slug: string, audience: "Anonymous" | "Secret address" | "Token") {
  await page.goto("/channels/new");
  await page.getByLabel("Label").fill(`Channel ${slug}`);
  await page.getByLabel("Name in the address").fill(slug);
  await page.getByLabel(audience, { exact: true }).check();
}

/** Writes one included row, by the keyboard alone. */
async function include(page: Page, kind: "Namespace" | "Server" | "Tag", value: string) {
  await page.getByLabel("Only servers that match").check();
  await page.getByRole("button", { name: "Include more" }).focus();
  await page.keyboard.press("Enter");
  const row = page.getByRole("list", { name: "Included" }).getByRole("listitem").last();
  await expect(row.getByRole("textbox").or(row.getByRole("combobox")).nth(1)).toBeFocused();
  await row.getByLabel(/select by$/).selectOption({ label: kind });
  await row.getByLabel(new RegExp(`, ${kind.toLowerCase()}$`)).fill(value);
}

const preview = (page: Page) => page.locator("section").filter({ hasText: "Before you save" });

async function confirm(page: Page, trigger: Locator, verb: string) {
  await trigger.click();
  await page.getByRole("dialog").getByRole("button", { name: verb }).click();
}

test("a channel with a secret address is made, rotated with an overlap, disabled and enabled", async ({ page }) => {
  const slug = newSlug();
  await startChannel(page, slug, "Secret address");
  await include(page, "Namespace", "app.linear");
  await expect(preview(page)).toContainText("The channel will show 1 server.");
  await expect(preview(page)).toContainText(linear);
  await page.getByRole("button", { name: "Create channel" }).click();
  const shown = page.getByRole("status").getByText(new RegExp(`/c/${slug}/csc_`));
  const first = (await shown.textContent()) ?? "";
  await expectAccessible(page);
  await expectStatus(first, 200);
  expect(await namesAt(first)).toEqual([linear]);
  expect(await statusAt(first, "io.sentry/sentry-mcp")).toBe(404);
  expect(await statusAt(`/c/${slug}`)).toBe(404);

  await page.getByRole("link", { name: "to the channel" }).click();
  await page.waitForURL(`/channels/${slug}`);
  expect(await page.content()).not.toContain(first.slice(-30));
  await page.getByRole("button", { name: "Rotate…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("In 24 hours").check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Make a new address" }).click();
  const second = (await dialog.getByText(new RegExp(`/c/${slug}/csc_`)).textContent()) ?? "";
  await dialog.getByRole("button", { name: "I have kept it" }).click();
  expect(second).not.toBe(first);
  await expectStatus(second, 200);
  expect(await statusAt(first), "the old address goes on").toBe(200);

  const ending = page
    .getByRole("table", { name: "Secret addresses" })
    .getByRole("row")
    .filter({ hasText: "Works until" });
  await confirm(page, ending.getByRole("button", { name: /^Revoke/ }), "Revoke address");
  await expect(toast(page, "Address revoked")).toBeVisible();
  await expectStatus(first, 404);
  expect(await statusAt(second)).toBe(200);

  await confirm(page, page.getByRole("button", { name: "Disable…" }), "Disable channel");
  await expect(page.getByText("Disabled: nobody reads this channel")).toBeVisible();
  await expectStatus(second, 404);
  await expectAccessible(page);
  await expectFitsPhone(page);
  await confirm(page, page.getByRole("button", { name: "Enable…" }), "Enable channel");
  await expect(toast(page, "Channel enabled")).toBeVisible();
  await expectStatus(second, 200);
});

async function publishServer(): Promise<Published> {
  const publisher = await openSignedInPublisher();
  const version = await publisher.publish("1.0.0");
  await approve(version, "reviewer");
  return version;
}

test("a server enters a channel by its tag and leaves it, and whoever keeps a copy is told", async ({ page }) => {
  const { name } = await publishServer();
  const [slug, tag] = [newSlug(), newSlug()];
  await startChannel(page, slug, "Anonymous");
  await include(page, "Tag", tag);
  await expect(preview(page)).toContainText("The channel will show 0 servers.");
  await page.getByRole("button", { name: "Create channel" }).click();
  await page.waitForURL(`/channels/${slug}`);
  const address = `/c/${slug}`;
  await expectStatus(address, 404, name);

  await page.goto(`/servers/${name}`);
  await page.getByRole("button", { name: "Edit tags" }).click();
  await page.getByRole("dialog").getByLabel("Tags").fill(`Not-Allowed ${tag}`);
  await page.getByRole("dialog").getByRole("button", { name: "Save tags" }).click();
  await expect(page.getByRole("dialog")).toContainText("lower-case letters");
  await page.getByRole("dialog").getByLabel("Tags").fill(`internal, ${tag}`);
  await page.getByRole("dialog").getByRole("button", { name: "Save tags" }).click();
  await expect(toast(page, "Tags saved")).toBeVisible();
  await expect(page.getByRole("link", { name: `Channel ${slug}` })).toBeVisible();
  await expectStatus(address, 200, name);
  expect(await namesAt(address)).toEqual([name]);

  await page.goto(`/channels/${slug}/edit`);
  await expect(preview(page)).toContainText("The channel will show 1 server.");
  await page.getByRole("button", { name: "Exclude some" }).click();
  const row = page.getByRole("list", { name: "Excluded" }).getByRole("listitem");
  await row.getByLabel(/select by$/).selectOption({ label: "Server" });
  await row.getByLabel(/, server$/).fill("weather");
  await expect(row).toContainText("Write a whole server name");
  await row.getByLabel(/, server$/).fill(name);
  await expect(preview(page)).toContainText("Disappear: 1 server");
  await expect(preview(page)).toContainText(name);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(`/channels/${slug}`);
  await expectStatus(address, 404, name);
  expect(await namesAt(address)).toEqual([]);
  const { body } = await call("GET", `${address}/v0.1/servers?include_deleted=true`);
  expect(body.servers).toMatchObject([
    {
      server: { name },
      _meta: {
        "io.modelcontextprotocol.registry/official": { status: "deleted", statusMessage: "No longer in this channel." },
      },
    },
  ]);
});

test("an edit that started before somebody else's is refused and loses nothing of theirs", async ({ page }) => {
  const slug = newSlug();
  const selection = { include: [{ server: linear }], exclude: [] };
  await ask("admin", "POST", "/api/v1/channels", { slug, label: "First", audience: "anonymous", selection });
  await page.goto(`/channels/${slug}/edit`);
  await page.getByLabel("Label").fill("Mine");
  await ask("secondAdmin", "PATCH", `/api/v1/channels/${slug}`, { edition: 1, label: "Theirs" });
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Somebody else changed this channel in the meantime")).toBeVisible();
  expect((await ask("admin", "GET", `/api/v1/channels/${slug}`)).label).toBe("Theirs");
  await page.getByRole("button", { name: "Start over from what is there now" }).click();
  await expect(page.getByLabel("Label")).toHaveValue("Theirs");
  await page.getByLabel("Label").fill("Mine after theirs");
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(`/channels/${slug}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mine after theirs");
  const { selection: kept, edition } = await ask("admin", "GET", `/api/v1/channels/${slug}`);
  expect({ kept, edition }).toEqual({ kept: selection, edition: 3 });
});

test("a token made for a channel reads it until it is revoked, and its reader is named", async ({ page }) => {
  const { name, version } = await publishServer();
  const [slug, label] = [newSlug(), `Reader ${newSlug()}`];
  await startChannel(page, slug, "Token");
  await include(page, "Server", name);
  await expect(preview(page)).toContainText(name);
  await page.getByRole("button", { name: "Create channel" }).click();
  await page.waitForURL(`/channels/${slug}`);
  await page.getByRole("link", { name: "Make a token for it" }).click();
  await page.getByLabel("Label").fill(label);
  await expect(page.getByLabel(`Channel ${slug}`)).toBeChecked();
  await page.getByRole("button", { name: "Create token" }).click();
  const bearer = (await page.getByRole("status").getByText(/^cst_/).textContent()) ?? "";
  const address = `/c/${slug}`;
  const status = () => statusAt(address, name, bearer);
  await expect.poll(status, within).toBe(200);
  expect(await statusAt(address, name)).toBe(401);
  expect(await statusAt("/c/engineering", linear, bearer), "a token of another channel").toBe(403);

  await expect(async () => {
    await page.goto(`/servers/${name}?tab=readers`);
    const reader = page
      .getByRole("table", { name: "Who resolved this version" })
      .getByRole("row")
      .filter({ hasText: label });
    await expect(reader).toContainText(`Channel ${slug}`, { timeout: 1_000 });
  }).toPass();
  await expectAccessible(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "Revoke…" }).click();
  await expect(page.getByRole("dialog")).toContainText(label);
  await page.getByRole("dialog").getByLabel("Reason").fill("Leaks what it is asked.");
  await page.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(toast(page, `${version} is revoked`)).toBeVisible();
  await page.goto(`/servers/${name}`);
  await expect(page.getByRole("heading", { name: "Who resolved it" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: label })).toBeVisible();

  await page.goto("/tokens");
  const row = page.getByRole("row").filter({ hasText: label });
  await expect(row).toContainText(slug);
  await confirm(page, row.getByRole("button", { name: /^Revoke/ }), "Revoke token");
  await expect.poll(() => statusAt(address, name, bearer), within).toBe(401);
});

test("an old sign-in makes no channel until it is proved again, and what was entered stays", async ({ browser }) => {
  const slug = newSlug();
  const { page, context, ...admin } = await join(browser, [{ role: "admin", namespace: "*" }]);
  await startChannel(page, slug, "Anonymous");
  await include(page, "Server", linear);
  await ageSignIns(admin.email, 16);
  await page.getByRole("button", { name: "Create channel" }).click();
  const proof = page.getByRole("dialog", { name: "Confirm it is you" });
  await expect(proof).toBeVisible();
  expect(await statusAt(`/c/${slug}`)).toBe(404);
  await proof.getByLabel("Password").fill(admin.password);
  await proof.getByRole("button", { name: "Confirm and go on" }).click();
  await page.waitForURL(`/channels/${slug}`);
  await expectStatus(`/c/${slug}`, 200);
  expect(await namesAt(`/c/${slug}`)).toEqual([linear]);
  await context.close();
});

test("a channel for robots is offered for robots alone, and a name is never given twice", async ({ page, browser }) => {
  const slug = newSlug();
  await startChannel(page, slug, "Token");
  await page.getByLabel("People may make tokens for it themselves").uncheck();
  await page.getByRole("button", { name: "Create channel" }).click();
  await page.waitForURL(`/channels/${slug}`);
  expect((await ask("admin", "GET", `/api/v1/channels/${slug}`)).openToPeople).toBe(false);
  const offered = (tab: Page) => tab.getByLabel(`Channel ${slug}`);
  await page.goto("/tokens/new");
  await page.getByLabel("Resolve").check();
  await expect(page.getByText("Others are for robots")).toBeVisible();
  await expect(offered(page)).toHaveCount(0);
  await page.getByLabel("For a robot").check();
  await expect(offered(page)).toBeVisible();
  const { page: theirs, context } = await join(browser, []);
  await theirs.goto(`/tokens/new?channel=${slug}`);
  await expect(theirs.getByText("Others are for robots")).toBeVisible();
  await expect(offered(theirs)).toHaveCount(0);
  await context.close();

  await startChannel(page, slug, "Anonymous");
  await page.getByRole("button", { name: "Create channel" }).click();
  await expect(page.getByText("There is a channel of this name already.")).toBeVisible();
  await expect(page.getByLabel("Name in the address")).toHaveValue(slug);
});
