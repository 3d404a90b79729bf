import { readFileSync, writeFileSync } from "node:fs";
import { ask } from "../fixtures/api.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { openSignedInPublisher, run, toManifest, writeManifest } from "../fixtures/publisher.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ storageState: sessionOf("admin") });

test("the tester says of real files whether they would be accepted, and why not, and stores nothing", async ({
  page,
}) => {
  const publisher = await openSignedInPublisher();
  const { namespace, name, folder, cli, keyFile } = publisher;
  const manifest = writeManifest(folder, toManifest(name, "1.0.0"));
  await run(cli(["publish", manifest, "--key", keyFile, "--dry-run", "--save-bundle", "bundle.json"]));
  await page.goto(`/namespaces/${namespace}/test`);
  await page.getByLabel("Manifest").setInputFiles(manifest);
  await page.getByLabel("Bundle").setInputFiles(`${folder}/bundle.json`);
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("It would be accepted")).toBeVisible();
  await expect(page.getByText("Matches", { exact: true })).toBeVisible();

  const edited = `${folder}/edited.json`;
  writeFileSync(edited, readFileSync(manifest, "utf8").replace("of a place", "of any place"));
  await page.getByLabel("Manifest").setInputFiles(edited);
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText("It would be refused")).toBeVisible();
  await expect(page.getByText("statement-digest")).toBeVisible();
  expect((await ask("admin", "GET", `/api/v1/namespaces/${namespace}`)).pending).toBe(0);
});

test("a refused upload's verified workflow fills in a rule, which is not added by itself", async ({ page }) => {
  await page.goto("/namespaces/com.microsoft/test");
  const refused = page.getByRole("row").filter({ hasText: "com.microsoft/playwright-mcp" }).first();
  await refused.getByRole("link", { name: "Make a rule" }).click();
  await expect(page.getByText("Filled in from a refused upload")).toBeVisible();
  await expect(page.getByLabel("Repository", { exact: true })).toHaveValue(
    "https://github.com/playwright-tools/playwright-mcp",
  );
  await expect(page.getByLabel("Repository id")).toHaveValue("990042");
  const { rules } = await ask("admin", "GET", "/api/v1/namespaces/com.microsoft");
  expect(rules).toHaveLength(1);
});
