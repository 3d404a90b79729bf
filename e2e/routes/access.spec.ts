import { readFileSync } from "node:fs";
import type { APIRequestContext, APIResponse } from "@playwright/test";
import { join } from "../fixtures/newcomer.ts";
import { type Role, roles, sessionOf } from "../fixtures/organisation.ts";
import { expect, test } from "../fixtures/test.ts";
import { addressOf, type Looker, type PageCase, pages, routesInTree } from "./pages.ts";

// What each page answers to whom, and what every answer carries. Nothing is drawn here.

test("every page of the tree is in the table", () => {
  expect(pages.map(({ route }) => route).sort()).toEqual(routesInTree().sort());
});

for (const looker of ["anonymous", ...roles] as Looker[]) {
  test(`each page answers ${looker} as it should`, async ({ playwright, baseURL }) => {
    const storageState = looker === "anonymous" ? undefined : sessionOf(looker as Role);
    const request = await playwright.request.newContext({ baseURL, storageState });
    await expectAnswers(request, looker);
    await request.dispose();
  });
}

test("each page answers a member without any role as it should", async ({ browser }) => {
  const member = await join(browser, []);
  await expectAnswers(member.context.request, "member");
  await member.context.close();
});

const offers: Partial<Record<Role, string[]>> = {
  publisher: ["Catalogue", "Namespaces", "Channels", "API tokens"],
  reviewer: ["Catalogue", "Reviews", "Channels", "API tokens"],
  auditor: ["Catalogue", "Reviews", "Channels", "API tokens", "Trust roots", "Audit"],
  admin: ["Catalogue", "Reviews", "Namespaces", "Channels", "API tokens", "People", "Trust roots", "Audit"],
};

for (const [role, areas] of Object.entries(offers)) {
  test.describe(() => {
    test.use({ storageState: sessionOf(role as Role) });

    test(`the navigation offers ${role} what is of use`, async ({ page }) => {
      await page.goto("/");
      const links = page.getByRole("complementary", { name: "Navigation" }).getByRole("navigation").getByRole("link");
      await expect(links).toHaveText(areas);
    });
  });
}

async function expectAnswers(request: APIRequestContext, looker: Looker): Promise<void> {
  for (const page of pages) {
    const address = await addressOf(page);
    const response = await request.get(address, { maxRedirects: 0 });
    const label = `${looker} at ${address}`;
    expect(`${response.status()} ${toPath(response)}`.trim(), label).toBe(expected(page, looker, address));
    expectHeaders(response, label);
    expectNoSecret(await response.text(), label);
  }
}

const toPath = (response: APIResponse): string => response.headers().location ?? "";

function expected({ for: shownTo, otherwise }: PageCase, looker: Looker, address: string): string {
  if (!shownTo || shownTo.includes(looker)) return "200";
  if (looker === "anonymous") return `307 /sign-in?next=${encodeURIComponent(address)}`;
  return otherwise ? String(otherwise) : "307 /";
}

function expectHeaders(response: APIResponse, label: string): void {
  const headers = response.headers();
  const policy = headers["content-security-policy"] ?? "";
  expect(policy, label).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}' 'strict-dynamic'/);
  expect(policy, label).not.toContain("unsafe");
  expect(headers["x-content-type-options"], label).toBe("nosniff");
  expect(headers["x-frame-options"], label).toBe("DENY");
  expect(headers["referrer-policy"], label).toBe("no-referrer");
  expect(headers["cache-control"] ?? "", label).toMatch(/no-store|private/);
  expect(headers, label).not.toHaveProperty("x-powered-by");
}

/** Neither anything that looks like a secret, nor one of the instance's own. */
function expectNoSecret(html: string, label: string): void {
  expect(html, label).not.toMatch(/\$argon2|PRIVATE KEY|cs[ts]_[A-Za-z0-9]{12,}|passwordHash|totpSecret|tokenHash/);
  for (const secret of instanceSecrets()) expect(html.includes(secret), `${label}: a secret`).toBe(false);
}

function instanceSecrets(): string[] {
  const folder = `${process.env.E2E_DIR}/demo/secrets`;
  const passwords = Object.values(JSON.parse(readFileSync(`${folder}/postgres.json`, "utf8"))) as string[];
  return [readFileSync(`${folder}/session`, "utf8").trim(), ...passwords];
}
