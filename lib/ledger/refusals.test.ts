import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { transact } from "#lib/db/transact.ts";
import { flushRefusals, lockLedger, recordRefusal } from "#lib/ledger/index.ts";
import { createTestRegistry, type TestRegistry, toCtx } from "#lib/testing/lifecycle.ts";

let registry: TestRegistry;

beforeAll(async () => {
  registry = await createTestRegistry();
});
afterAll(() => registry.close());
beforeEach(() => registry.clock.advance(3_600_000));

const from = (address: string) => ({ ...toCtx({ kind: "anonymous" }, registry.clock), address });
const refuse = (address: string) =>
  recordRefusal(from(address), { kind: "sign-in", subject: "ann@example.com", details: { why: "password" } });
const bodies = async () =>
  (await db().refusalEntry.findMany({ orderBy: { seq: "asc" } })).map((row) =>
    JSON.parse(Buffer.from(row.body).toString()),
  );

it("writes twenty from one source in ten minutes and counts the rest", async () => {
  const before = await db().refusalEntry.count();
  const results: unknown[] = [];
  for (let i = 0; i < 30; i++) results.push(await refuse("192.0.2.7"));
  expect(results.filter((result) => result === null).length).toBe(10);
  expect((await db().refusalEntry.count()) - before).toBe(20);
  expect(await refuse("192.0.2.8")).not.toBeNull();
});

it("says in the next entry what was only counted", async () => {
  registry.clock.advance(600_000);
  await refuse("192.0.2.7");
  expect((await bodies()).at(-1)).toMatchObject({ source: "address:192.0.2.7", suppressed: [{ count: 10 }] });
});

it("writes what was only counted when its window is over, once", async () => {
  for (let i = 0; i < 23; i++) await refuse("192.0.2.9");
  expect(await flushRefusals(registry.system)).toBe(0);
  registry.clock.advance(600_000);
  expect(await flushRefusals(registry.system)).toBe(1);
  expect((await bodies()).at(-1)).toMatchObject({ source: "address:192.0.2.9", suppressed: [{ count: 3 }] });
  expect(await flushRefusals(registry.system)).toBe(0);
  expect(await db().throttle.count({ where: { key: { startsWith: "refusal:" } } })).toBe(0);
});

it("counts the addresses of one IPv6 network as one source, and limits all sources together", async () => {
  for (let i = 0; i < 25; i++) await refuse(`2001:db8:1:2::${i}`);
  expect((await bodies()).filter((body) => body.source === "address:2001:db8:1:2::/64").length).toBe(20);
  const before = await db().refusalEntry.count();
  await Promise.all(
    Array.from({ length: 40 }, (_, i) => Promise.all(Array.from({ length: 10 }, () => refuse(`198.51.100.${i}`)))),
  );
  expect((await db().refusalEntry.count()) - before).toBe(280);
}, 60_000);

it("never waits for the ledger", async () => {
  await transact(async (tx) => {
    await lockLedger(tx);
    expect(await refuse("203.0.113.1")).not.toBeNull();
  });
});

it("bounds what comes from outside", async () => {
  const subject = `\u0000${"x".repeat(1000)}\ud800`;
  await recordRefusal(from("203.0.113.2"), { kind: "sign-in", subject, details: { big: "y".repeat(100_000) } });
  const row = await db().refusalEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
  expect(row.subject.length).toBe(300);
  expect(row.body.byteLength).toBeLessThan(2000);
});
