import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { DatabaseVerbs, names, type Verb } from "#lib/testing/trouble/database-verbs.ts";
import { LiveDatabase } from "#lib/testing/trouble/live-database.ts";
import type { ReaderSettings } from "#lib/testing/trouble/reader-child.ts";

// A reader in a process of its own is killed without a word, at moments from its first breath to long after its load,
// while people go on. Its last successor shows what the database has, and what it once saw revoked it hides for good.

let registry: TestRegistry;
let database: LiveDatabase;
let verbs: DatabaseVerbs;
let settings: ReaderSettings;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "cs-killed-"));
  registry = await createTestRegistry();
  verbs = new DatabaseVerbs(registry);
  await verbs.stock();
  await closeDb();
  database = await new LiveDatabase(registry.database).open();
  await database.renew();
  settings = {
    url: database.appUrl,
    keyDir: registry.keyDir,
    registryId: testRegistryId,
    revocationsFile: path.join(folder, "revocations"),
    now: registry.clock.now().getTime(),
  };
});
afterAll(async () => {
  await database.close();
  await registry.close();
  rmSync(folder, { recursive: true });
});

function start(): ChildProcess {
  return fork(new URL("./reader-child.ts", import.meta.url), [JSON.stringify(settings)], { stdio: "inherit" });
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

async function portOf(child: ChildProcess): Promise<number> {
  return ((await once(child, "message")) as [{ port: number }])[0].port;
}

const statusesAt = (port: number) =>
  Promise.all(
    names.flatMap((name) =>
      ["1.0.0", "2.0.0"].map(async (version) => {
        const url = `http://127.0.0.1:${port}/v0.1/servers/${encodeURIComponent(name)}/versions/${version}`;
        return `${name} ${version} ${(await fetch(url)).status}`;
      }),
    ),
  );
const becomes = (port: number, expected: string[]) =>
  vi.waitFor(async () => expect(await statusesAt(port)).toEqual(expected), { timeout: 15_000, interval: 20 });

it("killed at any moment, it comes back as the database is, and forgets no revocation", async () => {
  const [first = "", second = "", third = ""] = names;
  const rounds: [Verb[], number][] = [
    [[["approve", first, "2.0.0"]], 0],
    [[["revoke", first, "1.0.0"]], 150],
    [[["approve", second, "2.0.0"]], 300],
    [[["revoke", second, "2.0.0"]], 500],
    [[["approve", third, "2.0.0"]], 700],
  ];
  for (const [together, afterMs] of rounds) {
    const child = start();
    await Promise.all([sleep(afterMs), ...together.map((verb) => verbs.perform(verb))]);
    await kill(child);
  }
  const expected = [
    `${first} 1.0.0 404`,
    `${first} 2.0.0 200`,
    `${second} 1.0.0 200`,
    `${second} 2.0.0 404`,
    `${third} 1.0.0 200`,
    `${third} 2.0.0 200`,
  ];
  await database.backUp();
  const child = start();
  const port = await portOf(child);
  await becomes(port, expected);
  await verbs.perform(["revoke", third, "1.0.0"]);
  await becomes(port, expected.with(4, `${third} 1.0.0 404`));
  // Until it is on disk; killed earlier it may be forgotten, but only if the database forgets it too.
  await vi.waitFor(() => expect(readFileSync(settings.revocationsFile, "utf8").trim().split("\n")).toHaveLength(3));
  await kill(child);
  await database.restore();
  const successor = start();
  await becomes(await portOf(successor), expected.with(4, `${third} 1.0.0 404`));
  await kill(successor);
}, 60_000);
