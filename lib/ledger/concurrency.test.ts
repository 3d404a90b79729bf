import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { transact } from "#lib/db/transact.ts";
import { appendLedger, verifyChains } from "#lib/ledger/index.ts";
import { readKeySet } from "#lib/registry-key/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";

// Many writers at once, some of which give up and some of which lose their connection between writing and committing,
// with clocks that disagree by days. Whoever reads meanwhile sees the ledger grow at its end and nowhere else.

type Entry = { seq: bigint; sha256: string; at: Date; subject: string };
type Fate = "commit" | "give up" | "lose the connection";

const writers = 8;
const perWriter = 12;
let registry: TestRegistry;
let outsider: pg.Client;

beforeAll(async () => {
  registry = await createTestRegistry();
  outsider = new pg.Client(registry.database.superuserUrl);
  await outsider.connect();
});
afterAll(async () => {
  await outsider.end();
  await registry.close();
});

class GaveUp extends Error {}

const fateOf = (turn: number): Fate => (turn % 4 === 1 ? "give up" : turn % 4 === 3 ? "lose the connection" : "commit");

/** One writer's turn. @returns whether it was told that its entry is there. */
async function write(subject: string, fate: Fate, skewMs: number): Promise<boolean> {
  for (;;) {
    const told = await attempt(subject, fate, skewMs);
    // The pool may hand out a connection that was lost a moment ago: nothing has begun then.
    if (told !== "not begun") return told === "told";
  }
}

async function attempt(subject: string, fate: Fate, skewMs: number): Promise<"told" | "not told" | "not begun"> {
  let begun = false;
  const ctx = { ...registry.system, now: () => new Date(registry.clock.now().getTime() + skewMs) };
  try {
    await transact(async (tx) => {
      begun = true;
      await appendLedger(tx, ctx, { action: "instance.create", subject, details: {} });
      if (fate === "give up") throw new GaveUp();
      if (fate === "commit") return;
      const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await outsider.query("SELECT pg_terminate_backend($1)", [row?.pid]);
    });
    return "told";
  } catch (error) {
    if (begun && fate === "commit") throw error;
    return begun ? "not told" : "not begun";
  }
}

async function readLedger(): Promise<Entry[]> {
  const { rows } = await outsider.query('SELECT seq, sha256, at, subject FROM "LedgerEntry" ORDER BY seq');
  return rows.map((row) => ({ ...row, seq: BigInt(row.seq) }));
}

const shaOf = (entries: readonly Entry[]) => entries.map(({ sha256 }) => sha256);

/** Reads the ledger again and again until told to stop; each reading must continue the one before. */
function watch() {
  let stopped = false;
  let readings = 0;
  const watching = (async () => {
    let before: Entry[] = [];
    while (!stopped) {
      const entries = await readLedger();
      expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => BigInt(at + 1)));
      expect(shaOf(entries.slice(0, before.length))).toEqual(shaOf(before));
      before = entries;
      readings++;
      await sleep(2);
    }
  })();
  return async () => {
    stopped = true;
    await watching;
    return readings;
  };
}

it("loses, reorders and changes nothing, and its times strictly increase", async () => {
  const told: string[] = [];
  const announced: bigint[] = [];
  outsider.on("notification", ({ payload }) => announced.push(BigInt(payload ?? -1)));
  await outsider.query("LISTEN countersign_ledger");
  const stopWatching = watch();
  const run = async (writer: number) => {
    for (let turn = 0; turn < perWriter; turn++) {
      const subject = `writer ${writer}, turn ${turn}`;
      const skewMs = ((writer * 7 + turn * 13) % 11) * 86_400_000 * (turn % 2 ? -1 : 1);
      if (await write(subject, fateOf(writer + turn), skewMs)) told.push(subject);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => run(writer)));
  expect(await stopWatching()).toBeGreaterThan(5);

  const entries = await readLedger();
  expect(told).toHaveLength((writers * perWriter) / 2);
  // Each writer waits for its own turn, so its entries are in its order; between writers any order is right.
  expect(entries.map(({ subject }) => subject).toSorted()).toEqual(told.toSorted());
  for (let writer = 0; writer < writers; writer++) {
    const own = (subject: string) => subject.startsWith(`writer ${writer},`);
    expect(entries.map(({ subject }) => subject).filter(own)).toEqual(told.filter(own));
  }
  const times = entries.map(({ at }) => at.getTime());
  expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
  expect(announced).toEqual(entries.map(({ seq }) => seq));
  const keySet = await readKeySet(registry.keyDir, testRegistryId);
  const [chain] = await verifyChains({ keySet, registryId: testRegistryId });
  expect(chain).toMatchObject({ intact: true, entries: entries.length });
});
