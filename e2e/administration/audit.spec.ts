import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { unzipSync } from "fflate";
import { runCli } from "../../cli/testing/run-cli.ts";
import { call } from "../fixtures/api.ts";
import { makeMachine } from "../fixtures/machine.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { run } from "../fixtures/publisher.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ storageState: sessionOf("auditor") });

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

test("the ledger is listed, filtered and read event by event, down to the bytes that were hashed", async ({ page }) => {
  await page.goto("/audit");
  await page.getByLabel("What").selectOption("version.revoke");
  await page.getByLabel("Namespace").fill("io.github.modelcontextprotocol");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/action=version\.revoke/);
  const rows = page.getByRole("table", { name: "Events of the ledger" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("version.revoke");
  await rows.nth(1).getByRole("link").first().click();
  await page.waitForURL(/\/audit\/\d+$/);
  await expect(page.getByText("CVE-2025-53109").first()).toBeVisible();
  const shown = (await page.locator("pre").textContent()) ?? "";
  await expect(page.getByText(sha256(shown)).first()).toBeVisible();
});

test("on a phone an event takes few lines and says all the same", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [list, caption] of [
    ["/audit?action=version.revoke", "Events of the ledger"],
    ["/audit/refusals?namespace=com.microsoft", "Refusals and sign-ins"],
  ]) {
    await page.goto(`${list}`);
    const row = page.getByRole("table", { name: caption }).locator("tbody tr").first();
    await expect(row).toContainText(/#\d+/);
    await expect(row).toContainText(/\d\d:\d\d:\d\d/);
    expect((await row.boundingBox())?.height).toBeLessThan(150);
  }
});

test("refusals say what was refused and whom the proof named", async ({ page }) => {
  await page.goto("/audit/refusals?namespace=com.microsoft");
  await page.getByRole("link", { name: /^#/ }).first().click();
  await page.waitForURL(/\/audit\/refusals\/\d+$/);
  await expect(page.getByText("playwright-tools/playwright-mcp").first()).toBeVisible();
  await expect(page.getByRole("link", { name: /rule/i })).toHaveCount(0);
});

test("both chains are walked and found intact", async ({ page }) => {
  await page.goto("/audit/state");
  await expect(page.getByText("Both chains are intact")).toBeVisible();
  await expect(page.getByText("Intact", { exact: true })).toHaveCount(2);
});

test("the export holds every event of the ledger in order, each hashed over the one before", async ({ page }) => {
  await page.goto("/audit");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export as NDJSON" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^countersign-audit-\d{4}-\d\d-\d\d\.ndjson$/);
  const lines = readFileSync(await download.path(), "utf8")
    .trimEnd()
    .split("\n");
  const events = lines.map((line) => JSON.parse(line)).filter(({ chain }) => chain === "ledger");
  expect(events.length).toBeGreaterThan(20);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, at) => at + 1));
  for (const { body, sha256: digest } of events) expect(sha256(body)).toBe(digest);
});

test("an evidence pack verifies on a machine that never saw the registry", async ({ page }) => {
  await page.goto("/servers/app.linear/linear?version=1.0.0");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Evidence" }).click(),
  ]);
  const files = unzipSync(readFileSync(await download.path()));
  const manifest = await call("GET", "/v0.1/servers/app.linear/linear/versions/1.0.0");
  const { digest } = manifest.body._meta["countersign/approval"].manifest;
  const names = Object.keys(files);
  expect(names).toEqual(expect.arrayContaining(["README.md", "ledger.ndjson", "registry-keys.json"]));
  expect(`sha256:${sha256(files["server.json"] ?? "")}`).toBe(digest);
  const folder = makeMachine();
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(folder, name), bytes);
  // The very command that the pack's own page tells people to paste.
  const command = /^countersign (verify .*)$/m.exec(readFileSync(path.join(folder, "README.md"), "utf8"))?.[1] ?? "";
  const verified = await run(runCli(folder, command.split(" ")));
  expect(verified.stdout).toContain("app.linear/linear");
});
