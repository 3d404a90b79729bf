import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Capabilities, type Product, StartError, startProduct } from "#lib/boot/index.ts";
import { parseConfig } from "#lib/config/index.ts";
import { db } from "#lib/db/client.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { findFreePort } from "#lib/testing/server-process.ts";

let database: TestDatabase;
let dir: string;
let products: Product[];
let ticks: number;
const warnings: string[] = [];

const capabilities: Capabilities = {
  prepare: async () => ({ sigstore: null, close: async () => {} }),
  openReadPlane: async () => ({
    handle: (_request, response) => response.end("read plane"),
    isReady: () => true,
    describe: () => [],
    close: async () => {},
  }),
  background: () => async () => {
    ticks++;
  },
  pageModule: new URL("../testing/echo-child.ts", import.meta.url),
};

beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), "cs-boot-"));
  database = await createTestDatabase();
  products = [];
  ticks = 0;
});

afterEach(async () => {
  for (const product of products) await product.stop();
  await database.drop();
  rmSync(dir, { recursive: true, force: true });
});

async function start(settings: Record<string, string> = {}, change: Partial<Capabilities> = {}): Promise<Product> {
  const config = parseConfig({
    INSTANCE_KIND: "test",
    PORT: String(await findFreePort()),
    DATA_DIR: dir,
    PUBLIC_URL: "http://registry.localhost:4000",
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    ...settings,
  });
  const events = { say: () => {}, warn: (message: string) => warnings.push(message), lost: () => {} };
  const product = await startProduct(config, { ...capabilities, ...change }, events);
  products.push(product);
  return product;
}

async function get(product: Product, url: string): Promise<{ status: number; body: string }> {
  const response = await fetch(`http://127.0.0.1:${product.config.port}${url}`, { headers: { accept: "*/*" } });
  return { status: response.status, body: await response.text() };
}

function isAlive(pid: number | null): boolean {
  try {
    return pid !== null && process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("a start", () => {
  it("serves the read plane and the pages on one port, and works in the background", async () => {
    const product = await start();
    expect(await get(product, "/v0.1/servers")).toEqual({ status: 200, body: "read plane" });
    expect(JSON.parse((await get(product, "/sign-in")).body)).toMatchObject({ url: "/sign-in" });
    await expect.poll(() => ticks).toBeGreaterThan(0);
  });

  it("gives the page process the application role alone", async () => {
    const module = path.join(dir, "environment.mjs");
    writeFileSync(
      module,
      `import { createServer } from "node:http";
       createServer((q, r) => r.end(JSON.stringify(process.env))).listen(process.argv[2], () => process.send("ready"));
       process.on("disconnect", () => process.exit());`,
    );
    process.env.CLOUD_SECRET_FOR_TEST = "hidden";
    const product = await start({}, { pageModule: new URL(`file://${module}`) });
    const seen = (await get(product, "/")).body;
    delete process.env.CLOUD_SECRET_FOR_TEST;
    expect(JSON.parse(seen)).toMatchObject({
      DATABASE_URL: database.appUrl,
      PUBLIC_URL: "http://registry.localhost:4000",
    });
    expect(seen).not.toContain("DATABASE_OWNER_URL");
    expect(seen).not.toContain("hidden");
  });

  it("as web has pages and reads, and leaves background work to a worker", async () => {
    const product = await start({ ROLE: "web" });
    expect(await get(product, "/v0.1/servers")).toEqual({ status: 200, body: "read plane" });
    expect(JSON.parse((await get(product, "/sign-in")).body)).toMatchObject({ url: "/sign-in" });
    expect(await get(product, "/readyz")).toEqual({ status: 200, body: '{"status":"ready"}\n' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ticks).toBe(0);
  });

  it("is ready only while its catalogue can be served and its pages answer, and lives all the same", async () => {
    let servable = true;
    const openReadPlane: Capabilities["openReadPlane"] = async (...args) => ({
      ...(await capabilities.openReadPlane(...args)),
      isReady: () => servable,
    });
    const product = await start({}, { openReadPlane });
    expect((await get(product, "/readyz")).status).toBe(200);
    servable = false;
    const old = { status: 503, body: '{"status":"not-ready","waitingFor":["catalogue"]}\n' };
    expect(await get(product, "/readyz")).toEqual(old);
    expect((await get(product, "/livez")).status).toBe(200);
    servable = true;
    process.kill(product.pages.pid() ?? 0, "SIGKILL");
    await expect.poll(async () => (await get(product, "/readyz")).body).toContain('"waitingFor":["pages"]');
    await expect.poll(async () => (await get(product, "/readyz")).status, { timeout: 10_000 }).toBe(200);
  });

  it("keeps the session secret in a private file, the same at every start", async () => {
    const product = await start();
    const file = product.config.sessionSecretFile;
    const secret = readFileSync(file, "utf8");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await product.stop();
    await start();
    expect(readFileSync(file, "utf8")).toBe(secret);
  });

  it("says that one role means reduced protection", async () => {
    await start({ DATABASE_URL: database.ownerUrl, DATABASE_OWNER_URL: "" });
    expect(warnings.at(-1)).toMatch(/reduced/);
  });

  it("says that a proxy must be in front, on this machine, which no setting names", async () => {
    await start({ PUBLIC_URL: "https://registry.example.com" });
    expect(warnings.at(-1)).toMatch(/TRUSTED_PROXIES does not name/);
  });
});

describe("a stop", () => {
  it("ends the page process and frees the port", async () => {
    const product = await start();
    const pid = product.pages.pid();
    expect(isAlive(pid)).toBe(true);
    await product.stop();
    expect(isAlive(pid)).toBe(false);
    await expect(get(product, "/")).rejects.toThrow();
  });
});

describe("a refused start", () => {
  const refusal = (settings: Record<string, string>) =>
    start(settings).then(
      () => null,
      (error: unknown) => error,
    );

  it("another kind of instance: nothing changes", async () => {
    await (await start({ INSTANCE_KIND: "demo" })).stop();
    const error = await refusal({ INSTANCE_KIND: "production" });
    expect(error).toBeInstanceOf(StartError);
    expect(error).toMatchObject({ exitCode: 78, message: expect.stringContaining("belongs to a demo instance") });
    process.env.DATABASE_URL = database.appUrl;
    expect(await db().instance.findMany()).toMatchObject([{ kind: "demo" }]);
    expect(existsSync(path.join(dir, "production"))).toBe(false);
  });

  it("another registry id: nothing changes", async () => {
    await (await start()).stop();
    const error = await refusal({ PUBLIC_URL: "http://other.localhost:4000" });
    expect(error).toMatchObject({
      exitCode: 78,
      message: expect.stringContaining("PUBLIC_URL=http://registry.localhost:4000"),
    });
    process.env.DATABASE_URL = database.appUrl;
    expect(await db().instance.findMany()).toMatchObject([{ registryId: "http://registry.localhost:4000" }]);
  });

  it("a port in use: before the database is touched", async () => {
    const taken: Server = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const error = await refusal({ PORT: String(port) });
    taken.close();
    expect(error).toMatchObject({
      exitCode: 75,
      message: expect.stringMatching(new RegExp(`Port ${port} is already in use`)),
    });
    process.env.DATABASE_URL = database.appUrl;
    expect(await db().instance.count()).toBe(0);
  });

  it("a database that does not answer: the port is free again", async () => {
    const port = await findFreePort();
    const nowhere = "postgresql://nobody:x@127.0.0.1:9/none";
    const error = await refusal({ PORT: String(port), DATABASE_URL: nowhere, DATABASE_OWNER_URL: nowhere });
    expect(error).toMatchObject({ exitCode: 75, message: expect.stringContaining("cannot be used") });
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  it("a session secret others can read", async () => {
    const file = path.join(dir, "open-secret");
    writeFileSync(file, "x".repeat(43), { mode: 0o644 });
    expect(await refusal({ SESSION_SECRET_FILE: file })).toMatchObject({ exitCode: 78 });
  });

  it("pages that cannot start: nothing is left running", async () => {
    const module = path.join(dir, "broken.mjs");
    writeFileSync(module, "process.exit(3)");
    const port = await findFreePort();
    const failed = start({ PORT: String(port) }, { pageModule: new URL(`file://${module}`) });
    await expect(failed).rejects.toThrow(/before it was ready/);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });
});
