import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { names, type Verb } from "#lib/testing/trouble/database-verbs.ts";
import { type LiveRegistry, openLiveRegistry } from "#lib/testing/trouble/live-registry.ts";
import type { ReaderSettings } from "#lib/testing/trouble/reader-child.ts";

// A reader in a process of its own is killed without a word, at moments from its first breath to long after its load,
// while people go on. Its last successor shows what the database has, and what it once saw revoked it hides for good.

let live: LiveRegistry;
let settings: ReaderSettings;

beforeAll(async () => {
  live = await openLiveRegistry();
  settings = {
    url: live.database.appUrl,
    keyDir: live.registry.keyDir,
    registryId: live.trust.registryId,
    revocationsFile: path.join(live.folder, "revocations"),
    now: live.registry.clock.now().getTime(),
  };
});
afterAll(() => live.close());

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
    await Promise.all([sleep(afterMs), ...together.map((verb) => live.verbs.perform(verb))]);
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
  await live.database.backUp();
  const child = start();
  const port = await portOf(child);
  await becomes(port, expected);
  await live.verbs.perform(["revoke", third, "1.0.0"]);
  await becomes(port, expected.with(4, `${third} 1.0.0 404`));
  // Until it is on disk; killed earlier it may be forgotten, but only if the database forgets it too.
  await vi.waitFor(() => expect(readFileSync(settings.revocationsFile, "utf8").trim().split("\n")).toHaveLength(3));
  await kill(child);
  await live.database.restore();
  const successor = start();
  await becomes(await portOf(successor), expected.with(4, `${third} 1.0.0 404`));
  await kill(successor);
}, 60_000);
