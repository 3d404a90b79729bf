import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { request as openRequest } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { type EmbeddedDatabase, startEmbedded } from "../../lib/db/embedded/index.ts";
import { findFreePort, type ServerProcess, startServer } from "../../lib/testing/server-process.ts";
import { isSignedIn } from "../fixtures/sign-in.ts";
import { test as base, expect } from "../fixtures/test.ts";

// The registry as docs/operate.md spreads it over processes: one web, one resolver, one worker on one Postgres. They
// share that and the file of public keys, each with a folder and the database role of its own.

type Spread = {
  dir: string;
  keySetFile: string;
  web: ServerProcess;
  resolver: ServerProcess;
  worker: ServerProcess;
};

const test = base.extend<object, { spread: Spread }>({
  spread: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's shape.
    async ({}, use) => {
      const dir = mkdtempSync(path.join(tmpdir(), "cs-roles-"));
      const database = await startEmbedded({ dir: path.join(dir, "database"), settings: ["fsync=off"] });
      const spread = await start(dir, database);
      await use(spread);
      for (const server of [spread.web, spread.resolver, spread.worker]) await server.end("SIGKILL");
      await database.stop();
      rmSync(dir, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: ({ spread }, use) => use(`http://localhost:${spread.web.port}`),
});

/** All at once, as an orchestrator would: who joins waits for web. */
async function start(dir: string, database: EmbeddedDatabase): Promise<Spread> {
  const port = String(await findFreePort());
  const keySetFile = path.join(dir, "public-keys/key-set.json");
  const shared = { PUBLIC_URL: `http://localhost:${port}`, KEY_SET_FILE: keySetFile, DATABASE_URL: database.appUrl };
  const join = async (role: string) => {
    const own = { PORT: String(await findFreePort()), DATA_DIR: path.join(dir, role), DATABASE_WAIT_SECONDS: "120" };
    return startServer({ ...shared, ...own }, [`--role=${role}`]);
  };
  const control = { DATABASE_OWNER_URL: database.ownerUrl, PORT: port, DATA_DIR: path.join(dir, "web") };
  const [resolver, worker, web] = await Promise.all([
    join("resolver"),
    join("worker"),
    startServer({ ...shared, ...control }, ["--role=web"]),
  ]);
  return { dir, keySetFile, web, resolver, worker };
}

async function get({ web }: Spread, { port }: ServerProcess, target: string) {
  const headers = { host: `localhost:${web.port}` };
  const response = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    openRequest({ port, path: target, headers }, resolve).on("error", reject).end();
  });
  return { status: response.statusCode, body: await text(response) };
}

test.describe.configure({ mode: "serial" });

test("people meet web alone, readers the resolver, and neither has what is the other's", async ({ page, spread }) => {
  const { dir, keySetFile, web, resolver, worker } = spread;
  for (const server of [web, resolver, worker]) {
    expect(await get(spread, server, "/readyz")).toEqual({ status: 200, body: '{"status":"ready"}\n' });
  }
  await page.goto(readFileSync(path.join(dir, "web/production/secrets/first-admin-link"), "utf8").trim());
  await page.getByLabel("Your name").fill("First Administrator");
  await page.getByLabel("E-mail").fill("first@company.example");
  await page.getByLabel("New password").fill("a long enough sentence");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.waitForURL("/");
  expect(await isSignedIn(page)).toBe(true);

  const fromWeb = await get(spread, web, "/v0.1/x/countersign/keys");
  expect(await get(spread, resolver, "/v0.1/x/countersign/keys")).toEqual(fromWeb);
  expect(fromWeb.body).toBe(readFileSync(keySetFile, "utf8"));
  expect((await get(spread, resolver, "/v0.1/servers")).body).toBe((await get(spread, web, "/v0.1/servers")).body);
  for (const server of [resolver, worker]) {
    for (const target of ["/", "/sign-in", "/people", "/api/v1/publish"]) {
      expect([target, (await get(spread, server, target)).status]).toEqual([target, 404]);
    }
  }
  expect((await get(spread, worker, "/v0.1/servers")).status).toBe(404);

  expect(existsSync(path.join(dir, "web/production/keys/registry.key"))).toBe(true);
  for (const role of ["resolver", "worker"]) {
    const files = existsSync(path.join(dir, role)) ? readdirSync(path.join(dir, role), { recursive: true }) : [];
    expect(files.map(String).filter((file) => /key|secret/.test(file))).toEqual([]);
  }
});

test("readers go on without web", async ({ spread }) => {
  const { web, resolver, worker } = spread;
  expect(await web.end()).toBe(0);
  expect((await get(spread, resolver, "/readyz")).status).toBe(200);
  expect((await get(spread, resolver, "/v0.1/servers")).status).toBe(200);
  expect(await resolver.end()).toBe(0);
  expect(await worker.end()).toBe(0);
});
