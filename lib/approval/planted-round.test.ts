import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { createTestRegistry, type TestRegistry } from "#lib/testing/lifecycle.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";
import { DatabaseVerbs } from "#lib/testing/trouble/database-verbs.ts";

// Countersignatures are never removed. Nobody with the rights of the application can put one where the next one, which
// may be a revocation, must go, or let a version count past the last number there is.

let registry: TestRegistry;
let attacker: pg.Client;
let verbs: DatabaseVerbs;
const name = "com.acme/aa";

beforeAll(async () => {
  registry = await createTestRegistry();
  verbs = new DatabaseVerbs(registry);
  await verbs.perform(["publish", name, "1.0.0"]);
  await verbs.perform(["approve", name, "1.0.0"]);
  attacker = new pg.Client(registry.database.appUrl);
  await attacker.connect();
});
afterAll(async () => {
  await attacker.end();
  await registry.close();
});

const plant = (round: string) => `
  INSERT INTO "Approval" (id, "versionId", round, state, bundle, sha256, "keyId", "approvedAt")
  SELECT gen_random_uuid(), id, ${round}, 'approved', 'x', gen_random_uuid()::text, '', now() FROM "Version"`;
const setRound = (round: string) => `UPDATE "Version" SET round = ${round}`;

it.each<[string, string, RegExp]>([
  ["a countersignature of the next round", plant("round + 1"), /^23000 /],
  ["one of a far round", plant("2147483647"), /^23000 /],
  ["one of no round", plant("0"), /^23514 /],
  ["one of a round below all", plant("-7"), /^23514 /],
  ["a round without a countersignature", setRound("round + 1"), /^23000 /],
  ["the last round", `${plant("2147483647")}; ${setRound("2147483647")}`, /^23000 /],
  ["an earlier round", setRound("0"), /^23000 /],
])("%s is refused", async (_what, sql, refusal) => {
  const before = await readTableContents();
  const outcome = await attacker.query(`BEGIN; ${sql}; COMMIT`).catch((error) => `${error.code} ${error.message}`);
  await attacker.query("ROLLBACK");
  expect(outcome).toMatch(refusal);
  expect(await readTableContents()).toEqual(before);
});

it("one that takes its version with it leaves room for the revocation", async () => {
  await attacker.query(`BEGIN; ${plant("round + 1")}; ${setRound("round + 1")}; COMMIT`);
  await verbs.perform(["revoke", name, "1.0.0"]);
  const { state, round } = await db().version.findFirstOrThrow();
  expect([state, round]).toEqual(["revoked", 3]);
  const newest = await db().approval.findFirstOrThrow({ orderBy: { round: "desc" } });
  expect([newest.state, newest.round]).toEqual(["revoked", 3]);
});
