import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findFreePort } from "../../lib/testing/server-process.ts";
import { startInstance } from "../fixtures/instance.ts";
import { expect, test } from "../fixtures/test.ts";

// A backup as docs/operate.md describes it for the embedded database: the instance folder, copied while stopped. Every
// signed byte readers get afterwards must be the same, and the audit whole.

type Answer = { status: number; etag: string | null; body: string };
type Page = { servers: { server: { name: string; version: string } }[]; metadata: { nextCursor?: string } };

const root = path.resolve(import.meta.dirname, "../..");
const folders: string[] = [];

test.afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "cs-restore-"));
  folders.push(folder);
  return folder;
}

async function get(url: string): Promise<Answer> {
  const response = await fetch(url);
  return { status: response.status, etag: response.headers.get("etag"), body: await response.text() };
}

/** Everything readers can ask: every page of the whole list, deleted versions with it, and every version. */
async function readAll(url: string): Promise<Record<string, Answer>> {
  const answers: Record<string, Answer> = {};
  const ask = async (target: string) => {
    answers[target] = await get(`${url}${target}`);
    return answers[target];
  };
  for (let cursor: string | undefined = ""; cursor !== undefined; ) {
    const { body } = await ask(`/v0.1/servers?limit=10&include_deleted=true&cursor=${encodeURIComponent(cursor)}`);
    const page = JSON.parse(body) as Page;
    for (const { server } of page.servers) {
      const name = encodeURIComponent(server.name);
      await ask(`/v0.1/servers/${name}/versions/${encodeURIComponent(server.version)}?include_deleted=true`);
      await ask(`/v0.1/servers/${name}/versions/latest`);
    }
    cursor = page.metadata.nextCursor;
  }
  await ask("/v0.1/x/countersign/keys");
  return answers;
}

function verifyAudit(dir: string, url: string) {
  const { PATH = "", HOME = "" } = process.env;
  const env = { NODE_ENV: "production" as const, PATH, HOME, DATA_DIR: dir, PUBLIC_URL: url };
  const args = ["scripts/admin.ts", "--demo", "audit", "verify"];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
  return { status, stdout };
}

test("a copied instance folder restores the same catalogue, byte for byte, with its audit intact", async () => {
  test.setTimeout(240_000);
  const env = { PORT: String(await findFreePort()) };
  const [original, backup, restored] = [newFolder(), newFolder(), newFolder()];
  const first = await startInstance({ kind: "demo", dir: original, env });
  const before = await readAll(first.url);
  const auditBefore = verifyAudit(original, first.url);
  await first.stop();
  expect(Object.keys(before).length).toBeGreaterThan(15);
  expect(Object.values(before).filter(({ status }) => status >= 500)).toEqual([]);

  // As `cp -a`, since the database's files belong to an account of their own.
  execFileSync("cp", ["-a", `${original}/.`, backup]);
  rmSync(original, { recursive: true });
  execFileSync("cp", ["-a", `${backup}/.`, restored]);

  const second = await startInstance({ kind: "demo", dir: restored, env });
  try {
    expect(await readAll(second.url)).toEqual(before);
    const { status, stdout } = verifyAudit(restored, second.url);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ledger: intact, [1-9]\d* events/m);
    expect(stdout).toMatch(/^refusals: intact/m);
    const compared = /^(\d+) countersignatures compared/m;
    expect(Number(compared.exec(stdout)?.[1])).toBeGreaterThan(0);
    expect(compared.exec(stdout)?.[1]).toBe(compared.exec(auditBefore.stdout)?.[1]);
  } finally {
    await second.stop();
  }

  // The database without its keys: refused, and no new key begun over it.
  rmSync(path.join(restored, "demo/keys"), { recursive: true });
  const refused = await startInstance({ kind: "demo", dir: restored, env }).then(
    async (instance) => {
      await instance.stop();
      return "started";
    },
    (error: Error) => error.message,
  );
  expect(refused).toContain("ended with code 78");
  expect(refused).toContain("This registry has keys, but there are none in");
  expect(existsSync(path.join(restored, "demo/keys")) ? readdirSync(path.join(restored, "demo/keys")) : []).toEqual([]);
});
