import { afterAll, beforeAll, expect, it } from "vitest";
import { createCtx, createPerson } from "#lib/testing/actors.ts";
import { plantServer } from "#lib/testing/channels.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { findReaders } from "./find-readers.ts";

const now = new Date();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await plantServer("com.acme/weather");
});
afterAll(() => database.drop());

/** As pages have it at hand: with more members than two. */
const record = { name: "com.acme/weather", version: "1.0.0", title: "Weather", chips: [] };

async function ask(given: Parameters<typeof createPerson>[0], query: object): Promise<unknown> {
  return findReaders(createCtx(await createPerson(given, now), { now: () => now }), record, query);
}

it("takes a record of a version for whoever may know its readers", async () => {
  expect(await ask({ grants: [["auditor", "*"]] }, { limit: 8 })).toMatchObject({ readers: [], total: 0 });
});

it("has nothing to show to anybody else", async () => {
  expect(await ask({ grants: [["publisher", "com.acme"]] }, {})).toBeNull();
});

it("does not hide a query that is wrong from whoever may know", async () => {
  await expect(ask({ grants: [["auditor", "*"]] }, { limit: 0 })).rejects.toMatchObject({ code: "invalid-input" });
});
