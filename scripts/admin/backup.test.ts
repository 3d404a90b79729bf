import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";
import { createLivingRegistry, type LivingRegistry } from "#lib/testing/living-registry.ts";
import { findFreePort, startServer } from "#lib/testing/server-process.ts";
import { names } from "#lib/testing/trouble/database-verbs.ts";

// The commands as an operator gives them, each a process of its own: from a supplied database into the embedded one,
// and from that into another supplied one, which readers then read.

vi.setConfig({ testTimeout: 240_000 });

const root = path.resolve(import.meta.dirname, "../..");

let living: LivingRegistry;
let target: TestDatabase;

beforeAll(async () => {
  living = await createLivingRegistry("production");
  target = await createTestDatabase();
});
afterAll(async () => {
  await target.drop();
  process.env.DATABASE_URL = living.registry.database.appUrl;
  await living.close();
});

async function admin(settings: Record<string, string>, ...args: string[]) {
  const { PATH = "", HOME = "" } = process.env;
  const env = { PATH, HOME, NODE_ENV: "production" as const, PUBLIC_URL: testRegistryId, ...settings };
  const child = spawn(process.execPath, ["scripts/admin.ts", ...args], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, said: out + err };
}

/** Settings of a supplied database and a data folder of its own. */
function supply({ appUrl, ownerUrl }: Pick<TestDatabase, "appUrl" | "ownerUrl">, folder: string) {
  const keys = { REGISTRY_KEY_DIR: living.registry.keyDir, DATA_DIR: path.join(living.dir, folder) };
  return { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl, ...keys };
}

/** What a resolver process answers about every server. */
async function readCatalogue({ appUrl }: TestDatabase, folder: string): Promise<string> {
  const server = await startServer(
    {
      PORT: String(await findFreePort()),
      PUBLIC_URL: testRegistryId,
      DATABASE_URL: appUrl,
      KEY_SET_FILE: path.join(living.registry.keyDir, "key-set.json"),
      DATA_DIR: path.join(living.dir, folder),
    },
    ["--role=resolver"],
  );
  const asked = await fetch(`${server.url}/v0.1/servers?limit=100&include_deleted=true`, {
    headers: { host: new URL(testRegistryId).host },
  });
  const body = await asked.text();
  await server.end();
  return body;
}

it("a registry goes from one database to the next, and readers see no difference", async () => {
  const { dir, registry } = living;
  const [first, second] = [path.join(dir, "first.backup"), path.join(dir, "second.backup")];
  const created = await admin(supply(registry.database, "original"), "backup", "create", first);
  expect(created).toMatchObject({ code: 0, said: expect.stringContaining(`Written to ${first}`) });
  expect(created.said).toMatch(/^ledger: intact, \d+ events, [1-9]\d* countersignatures compared\.$/m);
  expect(created.said).toContain("Keep the key apart from it.");

  const embedded = { DATA_DIR: path.join(dir, "embedded") };
  const keyless = await admin(embedded, "backup", "restore", first);
  expect(keyless).toMatchObject({ code: 1, said: expect.stringContaining("There are no registry keys") });
  expect(existsSync(path.join(dir, "embedded"))).toBe(false);
  mkdirSync(path.join(dir, "embedded/production"), { recursive: true, mode: 0o711 });
  cpSync(registry.keyDir, path.join(dir, "embedded/production/keys"), { recursive: true });
  const restored = await admin(embedded, "backup", "restore", first);
  expect(restored).toMatchObject({ code: 0, said: expect.stringContaining(`Restored ${testRegistryId}`) });
  expect(restored.said).toContain("Everything done after that is undone");
  expect(restored.said).toContain("1 changes of policy wait in it; their delays begin again.");
  const again = await admin(embedded, "backup", "restore", first);
  expect(again).toMatchObject({ code: 1, said: expect.stringContaining("already holds the registry") });
  const audit = await admin(embedded, "audit", "verify");
  expect(audit).toMatchObject({ code: 0, said: expect.stringMatching(/^ledger: intact/m) });

  expect(await admin(embedded, "backup", "create", second)).toMatchObject({ code: 0 });
  expect(await admin(embedded, "backup", "create", second)).toMatchObject({ code: 1 });
  const moved = await admin(supply(target, "target"), "backup", "restore", second);
  expect(moved).toMatchObject({ code: 0, said: expect.stringContaining("Restored") });

  const answered = await readCatalogue(target, "reader");
  expect(answered).toBe(await readCatalogue(registry.database, "reader-before"));
  expect(JSON.parse(answered).servers.map((entry: { server: { name: string } }) => entry.server.name)).toContain(
    names[0],
  );
  expect(existsSync(path.join(dir, "target/production/postgres"))).toBe(false);
});

it("wrong usage is refused", async () => {
  expect(await admin({}, "backup", "restore")).toMatchObject({ code: 64 });
});
