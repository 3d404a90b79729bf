import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readChainsWith } from "#lib/backup/store/chain-reader.ts";
import { db } from "#lib/db/client.ts";
import { transact } from "#lib/db/transact.ts";
import { appendLedger, exportLedger } from "#lib/ledger/index.ts";
import { readLedgerAfter } from "#lib/ledger/store.ts";
import { databaseReader } from "#lib/ledger/verify/reader.ts";
import { createTestRegistry, type TestRegistry } from "#lib/testing/lifecycle.ts";

// Whoever reads a chain holds a few megabytes of it, however large its events were made.

const events = 30;
let registry: TestRegistry;
let client: pg.Client;

beforeAll(async () => {
  registry = await createTestRegistry();
  const details = { planted: "x".repeat(1_000_000) };
  for (let at = 0; at < events; at++)
    await transact((tx) => appendLedger(tx, registry.system, { action: "instance.create", subject: `${at}`, details }));
  client = new pg.Client(registry.database.appUrl);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await registry.close();
});

it.each([
  ["the product", () => databaseReader],
  ["a backup", () => readChainsWith(client)],
])("%s reads every event once, at most 9 MB at a time", async (_who, reader) => {
  const { readLedgerAfter: read, readRefusalsAfter } = reader();
  const numbers: number[] = [];
  for (let after = 0n; ; ) {
    const rows = await read(after, 500);
    if (rows.length === 0) break;
    expect(rows.reduce((bytes, { body }) => bytes + body.length, 0)).toBeLessThan(9 * 1024 * 1024);
    numbers.push(...rows.map(({ seq }) => Number(seq)));
    after = BigInt(numbers.at(-1) ?? 0);
  }
  expect(numbers).toEqual(Array.from({ length: events }, (_, at) => at + 1));
  expect(await readRefusalsAfter(0n, 500)).toEqual([]);
});

it("an export has them all", async () => {
  let lines = 0;
  for await (const line of await exportLedger(registry.as(registry.auditor))) {
    expect(line.length).toBeGreaterThan(1_000_000);
    lines++;
  }
  expect(lines).toBe(events);
});

it("never more events than asked for", async () => {
  expect((await readLedgerAfter(3n, 2)).map(({ seq }) => seq)).toEqual([4n, 5n]);
  expect(await db().ledgerEntry.count()).toBe(events);
});
