import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { request as openRequest } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { rotateRegistryKey } from "#lib/approval/index.ts";
import { type Installed, install } from "#lib/boot/testing/installed.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { findFreePort, type ServerProcess, spawnServer, startServer } from "#lib/testing/server-process.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";

// Real processes, which take as long as the machine lets them.
vi.setConfig({ testTimeout: 90_000 });
const patient = { timeout: 30_000 };

let installed: Installed;
let started: ServerProcess[] = [];

beforeAll(async () => {
  installed = await install();
});
afterEach(async () => {
  for (const server of started) await server.end("SIGKILL");
  started = [];
});
afterAll(() => installed.close());

async function start(role: string, more: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServer({ ...(await installed.settings()), ...more }, [`--role=${role}`]);
  started.push(server);
  return server;
}

/** A start that is expected to end: its exit code and what it said. */
async function refuse(role: string, more: Record<string, string> = {}) {
  const server = spawnServer({ ...(await installed.settings()), ...more }, [`--role=${role}`]);
  started.push(server);
  return { code: await server.exited, said: server.output() };
}

async function get({ port }: ServerProcess, url: string, host = "registry.example.com") {
  const response = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    openRequest({ port, path: url, headers: { host } }, resolve).on("error", reject).end();
  });
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

async function asOwner(sql: string): Promise<void> {
  const client = new pg.Client(installed.registry.database.ownerUrl);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

const versionPath = `/v0.1/servers/${encodeURIComponent(sampleManifest.name)}/versions/${sampleManifest.version}`;

describe("a resolver", () => {
  it("reads with public keys alone, has no pages, and writes nothing but counts", async () => {
    const before = await readTableContents("Resolution");
    const resolver = await start("resolver");
    expect(await get(resolver, versionPath)).toMatchObject({ status: 200 });
    for (const url of ["/", "/sign-in", "/api/v1/publish", "/api/auth/session", "/_next/static/x.js"]) {
      const { status, body } = await get(resolver, url);
      expect([url, status, JSON.parse(body).code]).toEqual([url, 404, "not-found"]);
    }
    expect(await resolver.end()).toBe(0);
    expect(await readTableContents("Resolution")).toEqual(before);
    expect(existsSync(path.join(installed.dir, "data"))).toBe(false);
  });

  it("is ready only with a catalogue, lives before, and answers probes under any name", async () => {
    const waiting = spawnServer(
      {
        ...(await installed.settings()),
        KEY_SET_FILE: path.join(installed.dir, "later.json"),
        DATABASE_WAIT_SECONDS: "60",
      },
      ["--role", "resolver"],
    );
    started.push(waiting);
    await expect.poll(waiting.output, patient).toContain("the public keys are not in");
    expect(await get(waiting, "/livez", "10.0.0.7")).toMatchObject({ status: 200, body: '{"status":"live"}\n' });
    const notReady = await get(waiting, "/readyz", "10.0.0.7");
    expect(notReady).toMatchObject({ status: 503, body: '{"status":"not-ready","waitingFor":["start"]}\n' });
    expect((await get(waiting, versionPath)).status).toBe(503);
    copyFileSync(installed.keySetFile, path.join(installed.dir, "later.json"));
    await expect.poll(async () => (await get(waiting, "/readyz")).status, patient).toBe(200);
    expect((await get(waiting, versionPath)).status).toBe(200);
  });

  it("follows the registry key through its copy when that is rotated", async () => {
    const resolver = await start("resolver");
    installed.registry.clock.advance(Date.now() - installed.registry.clock.now().getTime());
    await rotateRegistryKey(installed.registry.system);
    await installed.approve("1.3.0");
    const latest = async () => {
      const { body } = await get(resolver, `/v0.1/servers/${encodeURIComponent(sampleManifest.name)}/versions/latest`);
      return JSON.parse(body).server?.version;
    };
    await expect.poll(latest, patient).toBe("1.3.0");
    expect((await get(resolver, versionPath)).status).toBe(200);
    const keys = JSON.parse((await get(resolver, "/v0.1/x/countersign/keys")).body);
    expect(keys.keys).toHaveLength(2);
  });

  it("starts against a database of a later version that only adds, and says so", async () => {
    const later = `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at)
                   VALUES ('later', 'x', '99990101000000_more', now())`;
    await asOwner(later);
    const resolver = await start("resolver");
    await asOwner(`DELETE FROM "_prisma_migrations" WHERE id = 'later'`);
    expect(resolver.output()).toContain("of a later version, by 1 migrations");
    expect((await get(resolver, versionPath)).status).toBe(200);
  });

  it("refuses a database that has taken away what it needs", async () => {
    await asOwner(`INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at)
                   VALUES ('later', 'x', '99990201000000_contract_after_99990101000000', now())`);
    const refused = await refuse("resolver");
    await asOwner(`DELETE FROM "_prisma_migrations" WHERE id = 'later'`);
    expect(refused).toMatchObject({ code: 78, said: expect.stringContaining("too old") });
  });

  it("waits for a database only so long", async () => {
    const nowhere = "postgresql://nobody:x@127.0.0.1:9/none";
    const { code, said } = await refuse("resolver", { DATABASE_URL: nowhere });
    expect(code).toBe(75);
    expect(said).toMatch(/Waiting up to 1 s .*\n[\s\S]*no registry to join after 1 s/);
  });

  it("refuses another registry's database and another registry's keys", async () => {
    const other = await refuse("resolver", { PUBLIC_URL: "https://other.example.com" });
    expect(other).toMatchObject({ code: 78, said: expect.stringContaining("PUBLIC_URL=https://registry.example.com") });
    const file = path.join(installed.dir, "foreign.json");
    writeFileSync(file, "{}");
    const keys = await refuse("resolver", { KEY_SET_FILE: file });
    expect(keys).toMatchObject({ code: 75, said: expect.stringContaining("catalogue cannot be loaded") });
  });
});

describe("a worker", () => {
  it("answers probes alone", async () => {
    const worker = await start("worker");
    expect((await get(worker, "/readyz")).status).toBe(200);
    for (const url of [versionPath, "/v0.1/health", "/sign-in"]) {
      expect([url, (await get(worker, url)).status]).toEqual([url, 404]);
    }
    expect(await worker.end()).toBe(0);
  });

  it("does the background work", async () => {
    const metricsPort = String(await findFreePort());
    await start("worker", { METRICS_PORT: metricsPort });
    const rounds = async () => {
      const body = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      return Number(/^countersign_background_rounds_total\{process="server",outcome="done"\} (\d+)$/m.exec(body)?.[1]);
    };
    await expect.poll(rounds, patient).toBeGreaterThan(1);
    const body = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    expect(body).toMatch(/^countersign_ledger_head_seq\{process="server"\} [1-9]\d*$/m);
  });
});

describe("a role that cannot be", () => {
  it.each([
    [["--role=web"], "DATABASE_URL is required with ROLE web"],
    [["--role=reader"], "ROLE must be one of all, web, resolver, worker"],
    [["resolver"], "Arguments must be --role="],
  ])("%j ends at once", async (args, message) => {
    const server = spawnServer({ ...(await installed.settings()), DATABASE_URL: "" }, args);
    expect(await server.exited).toBe(78);
    expect(server.output()).toContain(message);
  });
});

it("metrics are on their own port, and on no other", async () => {
  const metricsPort = await findFreePort();
  const resolver = await start("resolver", { METRICS_PORT: String(metricsPort) });
  await get(resolver, versionPath);
  await get(resolver, "/v0.1/servers/io.acme%2Fmissing/versions/latest");
  const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const body = await response.text();
  const labels = 'process="server",route="version",channel="default"';
  expect(body).toContain(`countersign_http_requests_total{${labels},status="200"} 1\n`);
  expect(body).toContain(`countersign_http_requests_total{${labels},status="404"} 1\n`);
  expect(body).toContain(`countersign_http_request_duration_seconds_count{${labels}} 2\n`);
  expect(body).toContain('countersign_catalogue_servers{process="server"} 1\n');
  expect(body).toContain('countersign_catalogue_dropped_rows{process="server"} 0\n');
  expect(body).toMatch(/^process_resident_memory_bytes\{process="server"\} \d+$/m);
  for (const secret of [sampleManifest.name, "acme", "countersign_app", installed.dir])
    expect(body).not.toContain(secret);
  expect((await get(resolver, "/metrics")).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${metricsPort}/`)).status).toBe(404);
});

it("a secret lies in a file, where no list of processes shows it", async () => {
  const folder = path.join(installed.dir, "secrets");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "url"), `${installed.registry.database.appUrl}\n`);
  const resolver = await start("resolver", { DATABASE_URL: "", DATABASE_URL_FILE: path.join(folder, "url") });
  expect((await get(resolver, versionPath)).status).toBe(200);
});

it("each request is logged when asked, by the id its answer has, without the secret of its address", async () => {
  const resolver = await start("resolver", { LOG_REQUESTS: "true" });
  const secret = `csc_${"aB3".repeat(16)}x`;
  const found = await get(resolver, `${versionPath}?search=${secret}`);
  const refused = await get(resolver, `/c/team/${secret}/v0.1/servers`);
  const lines = () =>
    resolver
      .output()
      .split("\n")
      .filter((line) => line.includes('"event":"request"'))
      .map((line) => JSON.parse(line));
  await expect.poll(() => lines().length, patient).toBe(2);
  expect(lines()).toMatchObject([
    { requestId: found.headers["x-request-id"], path: versionPath, status: found.status, address: "127.0.0.1" },
    { requestId: JSON.parse(refused.body).requestId, path: "/c/team/[secret]/v0.1/servers", status: 404 },
  ]);
  expect(refused.headers["x-request-id"]).toBe(JSON.parse(refused.body).requestId);
  expect(resolver.output()).not.toContain(secret);
});
