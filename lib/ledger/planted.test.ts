import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256Hex } from "#lib/core/digest.ts";
import { db } from "#lib/db/client.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger, recordRefusal, verifyChains } from "#lib/ledger/index.ts";
import { readKeySet } from "#lib/registry-key/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";

// Whoever has the rights of the application may add to both chains. Nothing they add keeps the product from adding more.

let registry: TestRegistry;
let attacker: pg.Client;

beforeAll(async () => {
  registry = await createTestRegistry();
  attacker = new pg.Client(registry.database.appUrl);
  await attacker.connect();
  const createdAt = registry.clock.now();
  await db().instance.create({ data: { id: 1, kind: "production", registryId: testRegistryId, createdAt } });
  await goOn();
});
afterAll(async () => {
  await attacker.end();
  await registry.close();
});

async function goOn(): Promise<void> {
  await transact((tx) => appendLedger(tx, registry.system, { action: "instance.create", subject: "x", details: {} }));
  registry.clock.advance(3_600_000);
  await recordRefusal(registry.system, { kind: "sign-in", subject: "x", details: {} });
}

type Chain = readonly [name: string, columns: string, values: string];
const chains: readonly Chain[] = [
  ["Ledger", `action, "actorLabel"`, "'x', 'x'"],
  ["Refusal", "kind", "'sign-in'"],
];
const body = "'planted'::bytea";
const sha256 = sha256Hex("planted");

/** One event in its chain, and the head where it is said to be. */
function plant([chain, columns, values]: Chain, entry: Entry): string {
  const { seq = "h.seq + 1", at = "h.at + interval '1 ms'", head = "h.seq + 1", headAt = at, headSha = sha256 } = entry;
  return `
    WITH h AS (SELECT seq, at FROM "${chain}Head"),
    moved AS (UPDATE "${chain}Head" AS t SET seq = ${head}, at = ${headAt}, sha256 = '${headSha}' FROM h RETURNING 1)
    INSERT INTO "${chain}Entry" (seq, at, ${columns}, subject, body, "prevSha256", sha256)
    SELECT ${seq}, ${at}, ${values}, 'x', ${entry.body ?? body}, '', encode(sha256(${entry.body ?? body}), 'hex') FROM h, moved`;
}

type Entry = { seq?: string; at?: string; head?: string; headAt?: string; headSha?: string; body?: string };

async function refuse(...statements: string[]): Promise<string> {
  const before = await readTableContents();
  const refusal = await attacker.query(["BEGIN", ...statements, "COMMIT"].join(";")).then(
    () => "done",
    (error: pg.DatabaseError) => `${error.code} ${error.message}`,
  );
  await attacker.query("ROLLBACK");
  expect(await readTableContents()).toEqual(before);
  return refusal;
}

describe.each(chains)("the %sEntry chain", (...chain) => {
  const [name, columns, values] = chain;

  it.each<[string, Entry, RegExp]>([
    ["at no time", { at: "'infinity'" }, /^23514 .*_times/],
    ["before all times", { at: "'-infinity'" }, /^23(514|000) /],
    ["in a year no process can write down", { at: "'10000-01-01T00:00:00Z'" }, /^23514 .*_times/],
    ["far ahead", { at: "'9999-12-31T23:59:59.999Z'" }, /^23000 The time is more than a day ahead/],
    ["two days ahead", { at: "now() + interval '2 days'" }, /^23000 The time is more than a day ahead/],
    ["before the one before it", { at: "h.at - interval '1 ms'" }, /^23000 /],
    [
      "of another time than its head",
      { headAt: "h.at + interval '2 ms'" },
      /^23000 The head does not stand at an entry/,
    ],
    ["of another digest than its head", { headSha: "y".repeat(100) }, /^23000 The head does not stand at an entry/],
    ["beyond its head", { seq: "h.seq + 2" }, /^23000 The (entry|head)/],
    ["too large for whoever reads all", { body: "decode(repeat('ab', 1048577), 'hex')" }, /^23514 .*_size/],
  ])("takes no event %s", async (_what, entry, refusal) => {
    expect(await refuse(plant(chain, entry))).toMatch(refusal);
  });

  it("takes no event at a number that is not reached yet", async () => {
    for (const ahead of [1, 1000]) {
      const insert = `INSERT INTO "${name}Entry" (seq, at, ${columns}, subject, body, "prevSha256", sha256)
        SELECT seq + ${ahead}, at, ${values}, 'x', ${body}, '', '${sha256}' FROM "${name}Head"`;
      expect(await refuse(insert)).toMatch(/^23000 The entry lies beyond the head/);
    }
  });

  it("takes no head without an event", async () => {
    const move = (to: string) => `UPDATE "${name}Head" SET seq = seq + 1, at = ${to}`;
    expect(await refuse(move("at + interval '1 ms'"))).toMatch(/^23000 The head does not stand at an entry/);
    expect(await refuse(move("'infinity'"))).toMatch(/^23514 /);
    expect(await refuse(`UPDATE "${name}Head" SET at = at + interval '1 ms'`)).toMatch(/^23000 /);
    expect(await refuse(`UPDATE "${name}Head" SET sha256 = 'x'`)).toMatch(/^23000 /);
    expect(await refuse(`DELETE FROM "${name}Head"`)).toMatch(/^23000 /);
  });

  it("asks its own tables, whatever somebody calls others of theirs", async () => {
    const pretend = `CREATE TEMP TABLE "${name}Head" (seq bigint) ON COMMIT DROP; INSERT INTO "${name}Head" VALUES (9999)`;
    const insert = `INSERT INTO public."${name}Entry" (seq, at, ${columns}, subject, body, "prevSha256", sha256)
      SELECT seq + 1, at, ${values}, 'x', ${body}, '', '${sha256}' FROM public."${name}Head"`;
    const refusal = await refuse(pretend, insert);
    expect(refusal).toMatch(/^23000 The entry lies beyond the head/);
  });
});

it("and the product goes on in both", async () => {
  const count = async () => [await db().ledgerEntry.count(), await db().refusalEntry.count()];
  const [events = 0, refusals = 0] = await count();
  await goOn();
  expect(await count()).toEqual([events + 1, refusals + 1]);
  const keySet = await readKeySet(registry.keyDir, testRegistryId);
  const states = await verifyChains({ keySet, registryId: testRegistryId });
  expect(states).toMatchObject([{ intact: true }, { intact: true }]);
});

it("a registry whose clock was far ahead before there were rules goes on", async () => {
  const owner = new pg.Client(registry.database.superuserUrl);
  await owner.connect();
  const [ledger, refusals] = ["Ledger", "Refusal"].map(
    (name) => `
    UPDATE "${name}Entry" SET at = '2999-01-01' WHERE seq = (SELECT seq FROM "${name}Head");
    UPDATE "${name}Head" SET at = '2999-01-01'`,
  );
  await owner.query(`SET session_replication_role = replica; ${ledger}; ${refusals}`);
  await owner.end();
  await goOn();
  await goOn();
  const { at } = await db().ledgerHead.findUniqueOrThrow({ where: { id: 1 } });
  expect(at.toISOString()).toBe("2999-01-01T00:00:00.002Z");
  for (const chain of chains)
    expect(await refuse(plant(chain, { at: "h.at + interval '2 ms'" }))).toMatch(/^23000 The time/);
});

it("a head that only the owner of the tables can have moved is brought back as docs/operate.md says", async () => {
  const guide = readFileSync("docs/operate.md", "utf8");
  const repair = /```sql\n(BEGIN;\n[^`]*"LedgerHead"[^`]*)```/.exec(guide)?.[1] ?? "";
  const owner = new pg.Client(registry.database.superuserUrl);
  await owner.connect();
  try {
    for (const seq of [-1, -2]) {
      await owner.query(
        `SET session_replication_role = replica; UPDATE "LedgerHead" SET seq = seq + (${seq}), at = '9999-01-01'`,
      );
      await owner.query("RESET session_replication_role");
      await expect(goOn()).rejects.toThrow();
      await owner.query(repair);
      await goOn();
    }
    const { rows } = await owner.query(`SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'`);
    expect(rows).toEqual([]);
  } finally {
    await owner.end();
  }
});
