import { ask, call } from "../fixtures/api.ts";
import { expectAccessible, expectFitsPhone } from "../fixtures/appearance.ts";
import {
  confirm,
  expectStatus,
  include,
  linear,
  namesAt,
  newSlug,
  preview,
  publishServer,
  startChannel,
  statusAt,
} from "../fixtures/channel.ts";
import { ageSignIns } from "../fixtures/database.ts";
import { join } from "../fixtures/newcomer.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { expect, test } from "../fixtures/test.ts";

// Channels by the console's forms, read as clients read them.

test.use({ storageState: sessionOf("admin") });

test("a channel with a secret address is made, rotated with an overlap, disabled and enabled", async ({ page }) => {
  test.slow();
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
  await expect(page.getByRole("table", { name: "Secret addresses" })).toContainText("Revoked");
  await expectStatus(first, 404);
  expect(await statusAt(second)).toBe(200);

  await confirm(page, page.getByRole("button", { name: "Disable…" }), "Disable channel");
  await expect(page.getByText("Disabled: nobody reads this channel")).toBeVisible();
  await expectStatus(second, 404);
  await expectAccessible(page);
  await expectFitsPhone(page);
  await confirm(page, page.getByRole("button", { name: "Enable…" }), "Enable channel");
  await expect(page.getByText("Disabled: nobody reads this channel")).toHaveCount(0);
  await expectStatus(second, 200);
});

test("a new address that was not copied is not closed away without a question", async ({ page, context }) => {
  const slug = newSlug();
  const selection = { include: [{ server: linear }], exclude: [] };
  await ask("admin", "POST", "/api/v1/channels", { slug, label: "Partners", audience: "capability", selection });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`/channels/${slug}`);
  const dialog = page.getByRole("dialog");
  const address = dialog.getByText(new RegExp(`/c/${slug}/csc_`));
  const rotate = async () => {
    await page.getByRole("button", { name: "Rotate…" }).click();
    await dialog.getByRole("button", { name: "Make a new address" }).click();
    await expect(address).toBeVisible();
    await page.keyboard.press("Escape");
  };

  await rotate();
  await expect(dialog.getByRole("alert")).toContainText("The address was not copied");
  await expectAccessible(page);
  await expectFitsPhone(page);
  await expect(dialog.getByRole("button", { name: "Go back to the address" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  const shown = (await address.textContent()) ?? "";
  await dialog.getByRole("button", { name: "Copy address" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
  await expect(async () => {
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await expectStatus(shown, 200);

  await rotate();
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
  await dialog.getByRole("button", { name: "Close without it" }).click();
  await expect(dialog).toHaveCount(0);
});

test("a server enters a channel by its tag and leaves it, and whoever keeps a copy is told", async ({ page }) => {
  test.slow();
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
  const before = page.getByRole("region", { name: "Before you save" });
  await expect(before).toContainText("Not compared: Use lower-case letters");
  await page.getByRole("dialog").getByLabel("Tags").fill(`internal, ${tag}`);
  await expect(before).toContainText("Appears in: 1 channel");
  await expect(before).toContainText(`Channel ${slug}`);
  await expect(before).toContainText("Leaves: none");
  await expectAccessible(page);
  expect(await statusAt(address, name), "nothing is saved yet").toBe(404);
  await page.getByRole("dialog").getByRole("button", { name: "Save tags" }).click();
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

test("long names and many rows fit a phone, and what is folded opens", async ({ page }) => {
  const slug = newSlug().padEnd(40, "x");
  const include = Array.from({ length: 30 }, (_, at) => ({ namespace: `io.github.team-${at}.*` }));
  const channel = { slug, label: "L".repeat(80), audience: "anonymous", selection: { include, exclude: [] } };
  await ask("admin", "POST", "/api/v1/channels", channel);
  await page.goto(`/channels/${slug}`);
  await expectFitsPhone(page);
  await expect(page.getByText("io.github.team-29.*")).toBeHidden();
  await page.getByText("20 more rows").click();
  await expect(page.getByText("io.github.team-29.*")).toBeVisible();
  await expectFitsPhone(page);
  await page.goto(`/channels/${slug}/edit`);
  await expectFitsPhone(page);
  await ask("admin", "POST", `/api/v1/channels/${slug}/disable`);
  await page.goto("/channels");
  const row = page.getByRole("table", { name: "Disabled channels" }).getByRole("row").filter({ hasText: slug });
  await expect(row).toContainText("Disabled");
  await expectFitsPhone(page);
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
