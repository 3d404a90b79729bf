import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { bearerOf, call } from "../fixtures/api.ts";
import { sessionOf } from "../fixtures/organisation.ts";
import { makeToken, openPublisher, toManifest, writeManifest } from "../fixtures/publisher.ts";
import { expect, test } from "../fixtures/test.ts";

// `/api/v1` as a program sees it.

const root = path.resolve(import.meta.dirname, "../../app/api/v1");

/** Every address of the tree, with what stands for its parameters and the methods its file exports. */
function endpoints(): { at: string; methods: string[] }[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => path.basename(file) === "route.ts" && !file.includes("[["))
    .map((file) => {
      const methods = readFileSync(path.join(root, file), "utf8").matchAll(/^export const (\w+) = route/gm);
      const at = `/api/v1/${path.dirname(file)}`.replaceAll(/\[\w+\]/g, "none");
      return { at, methods: [...methods].map(([, method]) => method ?? "") };
    });
}

const open = ["POST /api/v1/sessions", "GET /api/v1/signing-config", "GET /api/v1/openapi.json"];

test("every endpoint but signing in, the signing configuration and the description asks for a token, before anything else", async () => {
  const all = endpoints().flatMap(({ at, methods }) => methods.map((method) => ({ method, at })));
  expect(all.length).toBeGreaterThan(40);
  for (const { method, at } of all) {
    if (open.includes(`${method} ${at}`)) continue;
    const { status, body, headers } = await call(method, at);
    expect({ status, code: body.code }, `${method} ${at}`).toEqual({ status: 401, code: "unauthenticated" });
    expect(headers.get("www-authenticate")).toContain("Bearer");
  }
});

test("it describes itself, to everybody and whole", async () => {
  const { status, headers, body } = await call("GET", "/api/v1/openapi.json");
  expect(status).toBe(200);
  expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(headers.get("cache-control")).toBe("public, max-age=300");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(body).toMatchObject({ openapi: "3.1.0", servers: [{ url: process.env.E2E_URL }] });
  const described = Object.values<object>(body.paths).flatMap((methods) => Object.keys(methods));
  expect(described.length).toBe(endpoints().flatMap(({ methods }) => methods).length);
});

test("a method that an endpoint lacks is refused with those it has", async () => {
  for (const { at, methods } of endpoints()) {
    const missing = ["DELETE", "PUT"].find((method) => !methods.includes(method)) ?? "";
    const { status, body, headers } = await call(missing, at);
    expect({ status, code: body.code }, `${missing} ${at}`).toEqual({ status: 405, code: "method-not-allowed" });
    const allowed = headers.get("allow")?.split(", ") ?? [];
    expect(allowed, at).toEqual(expect.arrayContaining(methods));
  }
});

test("a browser's session counts for nothing", async ({ playwright, baseURL }) => {
  const browser = await playwright.request.newContext({ baseURL, storageState: sessionOf("admin") });
  expect((await browser.get("/account", { maxRedirects: 0 })).status()).toBe(200);
  expect((await browser.get("/api/v1/whoami")).status()).toBe(401);
  const forged = await browser.post("/api/v1/namespaces", { data: { name: "com.example.forged" } });
  expect(forged.status()).toBe(401);
  await browser.dispose();
  expect((await call("GET", "/api/v1/namespaces/com.example.forged", { bearer: await bearerOf("admin") })).status).toBe(
    404,
  );
});

for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
  test(`${method} of an unknown address is a problem document`, async () => {
    for (const at of ["/api/v1", "/api/v1/none", "/api/v1/people/1/none/none"]) {
      const { status, body, headers } = await call(method, at, { body: method === "GET" ? undefined : "not json" });
      expect({ status, code: body.code }, at).toEqual({ status: 404, code: "not-found" });
      expect(headers.get("content-type")).toBe("application/problem+json");
    }
  });
}

test("the type of a problem is a page that explains it", async ({ page }) => {
  const { body } = await call("GET", "/api/v1/whoami");
  expect(body).toMatchObject({ type: `${process.env.E2E_URL}/problems/unauthenticated`, status: 401 });
  await page.goto(body.type);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(body.title);
});

test("answers may not be stored, sniffed, or traced to what made them", async () => {
  const { headers } = await call("GET", "/api/v1/whoami", { bearer: await bearerOf("publisher") });
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get("x-powered-by")).toBeNull();
});

test("a token does what its scopes say and never decides, whoever owns it", async () => {
  const read = await makeToken(await bearerOf("admin"), ["read"]);
  const { versionId } = await pendingVersion(read);
  const allowed = ["/api/v1/whoami", "/api/v1/reviews", `/api/v1/reviews/${versionId}`];
  for (const at of allowed) expect((await call("GET", at, { bearer: read })).status, at).toBe(200);
  const decision = (await call("GET", `/api/v1/reviews/${versionId}`, { bearer: read })).body;
  const { reviewDigest } = decision;
  const reason = "No reason at all.";
  const refused: [at: string, json?: object][] = [
    [`/api/v1/reviews/${versionId}/approve`, { reviewDigest, expiresAt: decision.expiry.suggested }],
    [`/api/v1/reviews/${versionId}/reject`, { reviewDigest, reason }],
    ["/api/v1/versions/app.linear/linear/1.0.0/revoke", { reason }],
    ["/api/v1/namespaces", { name: "com.example.token" }],
    ["/api/v1/tokens", { label: "More", scopes: ["read"], namespaces: ["*"], expiresInDays: 1 }],
    ["/api/v1/invitations", { name: "A", email: "a@test.example", grants: [] }],
    ["/api/v1/people"],
    ["/api/v1/audit/events"],
  ];
  for (const [at, json] of refused) {
    const answer = await call(json ? "POST" : "GET", at, { bearer: read, json });
    expect({ status: answer.status, code: answer.body.code }, at).toEqual({ status: 403, code: "forbidden" });
  }
});

async function pendingVersion(bearer: string): Promise<{ versionId: string }> {
  return (await call("GET", "/api/v1/reviews?namespace=io.github.upstash", { bearer })).body.items[0];
}

test("an upload without its two files, or larger than they may be, is refused before it is looked at", async () => {
  const bearer = await makeToken(await bearerOf("publisher"));
  const upload = (body: BodyInit) => call("POST", "/api/v1/publish", { bearer, body });
  const form = new FormData();
  form.set("manifest", new Blob(["{}"]), "server.json");
  expect(await upload(form)).toMatchObject({ status: 422, body: { errors: [{ pointer: "/bundle" }] } });
  expect((await upload("{}")).status).toBe(415);
  form.set("bundle", new Blob([new Uint8Array(200 * 1024)]), "bundle.json");
  expect(await upload(form)).toMatchObject({ status: 413, body: { code: "payload-too-large" } });
});

test("a publisher without a rule for its key is refused, and nothing is left of it", async () => {
  const owner = await openPublisher();
  const stranger = await openPublisher();
  await stranger.signIn();
  const file = writeManifest(stranger.folder, toManifest(owner.name, "1.0.0"));
  const other = await stranger.cli(["publish", file, "--key", stranger.keyFile, "--json"]);
  expect(other.exit).toBe(4);
  expect(other.json()).toMatchObject({ ok: false, error: { code: "signature-rejected" } });
  const admin = await bearerOf("admin");
  expect((await call("GET", `/api/v1/versions/${owner.name}/1.0.0`, { bearer: admin })).status).toBe(404);
  const { body } = await call("GET", `/api/v1/audit/refusals?namespace=${owner.namespace}`, { bearer: admin });
  expect(body.items).toHaveLength(1);
});
