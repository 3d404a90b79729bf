import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";
import { runCli } from "../../cli/testing/run-cli.ts";
import { ask } from "../fixtures/api.ts";
import { makeMachine } from "../fixtures/machine.ts";
import { join } from "../fixtures/newcomer.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { run } from "../fixtures/publisher.ts";
import { toast } from "../fixtures/review.ts";
import { expect, test } from "../fixtures/test.ts";

// Everything by the forms, as an administrator would.

test.use({ storageState: sessionOf("admin") });

const newName = () => `com.example.n${randomBytes(5).toString("hex")}`;

async function createNamespace(page: Page): Promise<string> {
  const name = newName();
  await page.goto("/namespaces");
  await page.getByRole("button", { name: "New namespace" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create namespace" }).click();
  await page.waitForURL(`/namespaces/${name}`);
  return name;
}

/** What the other administrator does about the one change that waits in a namespace. */
async function decideAsOther(browser: Browser, namespace: string, verb: "Confirm" | "Cancel change") {
  const context = await browser.newContext({ baseURL: process.env.E2E_URL, storageState: sessionOf("secondAdmin") });
  const page = await context.newPage();
  await page.goto("/policy-changes");
  const change = page.getByRole("listitem").filter({ hasText: namespace });
  await change.getByRole("button", { name: verb }).click();
  const confirm = verb === "Confirm" ? "Put in force" : "Cancel the change";
  await page.getByRole("dialog").getByRole("button", { name: confirm }).click();
  await expect(toast(page, verb === "Confirm" ? "The change is in force" : "The change was cancelled")).toBeVisible();
  await context.close();
}

test("tightening is in force at once; loosening waits for another administrator", async ({ page, browser }) => {
  const name = await createNamespace(page);
  const approvals = page.getByLabel("Approvals", { exact: true });
  const read = () => ask("admin", "GET", `/api/v1/namespaces/${name}`);
  await approvals.fill("2");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved and in force")).toBeVisible();
  expect((await read()).requiredApprovals).toBe(2);
  await approvals.fill("1");
  await expect(page.getByText("This loosens the policy")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Written down, not yet in force")).toBeVisible();
  expect((await read()).requiredApprovals).toBe(2);
  await page.goto("/policy-changes");
  const own = page.getByRole("listitem").filter({ hasText: name });
  await expect(own.getByRole("button", { name: "Cancel" })).toBeVisible();
  await expect(own.getByRole("button", { name: "Confirm" })).toHaveCount(0);
  await decideAsOther(browser, name, "Confirm");
  expect((await read()).requiredApprovals).toBe(1);
});

test("a loosening that the other administrator cancels never takes effect", async ({ page, browser }) => {
  const name = await createNamespace(page);
  await page.getByLabel("Lifetime of an approval, in days").fill("365");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Written down, not yet in force")).toBeVisible();
  await decideAsOther(browser, name, "Cancel change");
  const { lifetimeDays, changes } = await ask("admin", "GET", `/api/v1/namespaces/${name}`);
  expect(lifetimeDays).toBe(90);
  expect(changes.filter(({ state }: { state: string }) => state === "waiting")).toEqual([]);
});

test("a new administrator sees a loosening and from when they may confirm it", async ({ page, browser }) => {
  const name = await createNamespace(page);
  await page.getByLabel("Lifetime of an approval, in days").fill("365");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Written down, not yet in force")).toBeVisible();
  const { page: theirs, context } = await join(browser, [{ role: "admin", namespace: "*" }]);
  await theirs.goto("/policy-changes");
  const change = theirs.getByRole("listitem").filter({ hasText: name });
  await expect(change).toContainText("You became an administrator only recently. You may confirm this from");
  await expect(change.getByRole("button", { name: "Confirm" })).toHaveCount(0);
  await context.close();
});

test("owners are added and removed", async ({ page }) => {
  const name = await createNamespace(page);
  await page.getByLabel("Add an owner").selectOption({ label: "Pia Novak (pia@demo.example)" });
  await page.getByRole("button", { name: "Add owner" }).click();
  await expect(toast(page, "Owner added")).toBeVisible();
  await page.getByRole("button", { name: "Remove Pia Novak as owner" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove owner" }).click();
  await expect(toast(page, "Owner removed")).toBeVisible();
  expect((await ask("admin", "GET", `/api/v1/namespaces/${name}`)).owners).toEqual([]);
});

test("a name that is no domain, or is taken in other letters, is refused at its field", async ({ page }) => {
  await page.goto("/namespaces");
  await page.getByRole("button", { name: "New namespace" }).click();
  const dialog = page.getByRole("dialog");
  for (const [name, says] of [
    ["not a domain", "Write a reverse domain name"],
    ["APP.Linear", "taken"],
  ] as const) {
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("button", { name: "Create namespace" }).click();
    await expect(dialog).toContainText(says);
  }
});

test("a key and its rule let a publisher in once another administrator agrees, and out when revoked", async ({
  page,
  browser,
}) => {
  const name = await createNamespace(page);
  const folder = makeMachine();
  const { hint } = (await run(runCli(folder, ["keygen", "--no-passphrase", "--out", "k", "--json"]))).json();
  await page.goto(`/namespaces/${name}/publishers`);
  await page.getByRole("link", { name: "Add a key", exact: true }).click();
  await page.getByLabel("Label").fill("Key of the tests");
  await page.getByLabel("Public key").fill(readFileSync(`${folder}/k`, "utf8"));
  await page.getByRole("button", { name: "Add key" }).click();
  await expect(page.getByText(/private/i).first(), "a private key is refused").toBeVisible();
  await page.getByLabel("Public key").fill(readFileSync(`${folder}/k.pub`, "utf8"));
  await page.getByLabel("Pia Novak").check();
  await page.getByRole("button", { name: "Add key" }).click();
  await expect(page.getByText(String(hint))).toBeVisible();
  await page.getByRole("link", { name: "Add a rule for it" }).click();
  await page.getByLabel("Label").fill("Releases with the key");
  await page.getByRole("button", { name: "Add rule" }).click();
  await expect(page.getByText("Written down, not yet in force")).toBeVisible();
  await decideAsOther(browser, name, "Confirm");
  await page.goto(`/namespaces/${name}/publishers`);
  await expect(page.getByRole("heading", { name: "Releases with the key" })).toContainText("In force");
  await page.getByRole("button", { name: /^Revoke/ }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("The laptop was lost.");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Revoke/ })
    .click();
  await expect(page.getByText("The laptop was lost.")).toBeVisible();
});

test("a rule for a workflow asks for every claim, and never takes pull_request_target", async ({ page, browser }) => {
  const name = await createNamespace(page);
  await page.goto(`/namespaces/${name}/publishers`);
  await page.getByRole("link", { name: "Add a workflow rule" }).click();
  const claims = {
    Label: "Releases of the tests",
    Repository: "https://github.com/acme/weather",
    "Repository id": "123456789",
    "Owner id": "987654",
    Workflow: "release.yml",
    "Branches or tags": "refs/tags/v*",
  };
  for (const [label, value] of Object.entries(claims)) await page.getByLabel(label, { exact: true }).fill(value);
  await expect(page.getByLabel("pull_request_target")).toHaveCount(0);
  await page.getByRole("button", { name: "Add rule" }).click();
  await expect(page.getByLabel("Workflow", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Workflow", { exact: true }).fill(".github/workflows/release.yml");
  await page.getByRole("button", { name: "Add rule" }).click();
  await expect(page.getByText("Written down, not yet in force")).toBeVisible();
  const { rules } = await ask("admin", "GET", `/api/v1/namespaces/${name}`);
  expect(rules).toMatchObject([
    { state: "proposed", claims: { repositoryId: "123456789", refPattern: "refs/tags/v*" } },
  ]);
  await decideAsOther(browser, name, "Confirm");
  const after = await ask("admin", "GET", `/api/v1/namespaces/${name}`);
  expect(after.rules).toMatchObject([{ state: "active" }]);
});
