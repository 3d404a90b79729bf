import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approveVersion, readKeySet } from "#lib/approval/index.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { db } from "#lib/db/client.ts";
import { transact } from "#lib/db/transact.ts";
import {
  appendLedger,
  chainStates,
  exportLedger,
  getLedgerEntry,
  listLedger,
  listRefusals,
  recordRefusal,
  verifyChains,
} from "#lib/ledger/index.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { getReview } from "#lib/reviews/index.ts";
import { createTestRegistry, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { expectRefusal } from "#lib/testing/refusal.ts";
import { publishVersion } from "#lib/versions/index.ts";

let registry: TestRegistry;
let attacker: pg.Client;

beforeAll(async () => {
  registry = await createTestRegistry();
  attacker = new pg.Client(registry.database.superuserUrl);
  await attacker.connect();
  await attacker.query("SET session_replication_role = replica");
  await transact((tx) => appendLedger(tx, registry.system, event("one")));
  await approveOne();
  await transact((tx) => appendLedger(tx, registry.system, event("two")));
  await recordRefusal(registry.as({ kind: "anonymous" }), {
    kind: "sign-in",
    subject: "nobody@example.com",
    details: {},
  });
});
afterAll(async () => {
  await attacker.end();
  await registry.close();
});

const event = (subject: string) => ({ action: "instance.create" as const, subject, details: { why: "a test" } });

async function approveOne() {
  await publishVersion(registry.as(registry.publisher), await registry.sign(sampleManifest));
  const ctx = registry.as(registry.reviewer);
  const { id: versionId } = await db().version.findFirstOrThrow();
  const { reviewDigest, expiry } = await getReview(ctx, { versionId });
  await approveVersion(ctx, { versionId, reviewDigest, expiresAt: expiry.suggested });
}

async function verify(handedIn: Parameters<typeof verifyChains>[1] = []) {
  const keySet = await readKeySet(registry.keyDir, testRegistryId);
  const [ledger, refusals] = await verifyChains({ keySet, registryId: testRegistryId }, handedIn);
  if (!ledger || !refusals) throw new Error("two chains expected");
  return { ledger, refusals };
}

/** Does something to the database as its superuser, looks, and undoes it. */
async function tamper(sql: string[], look: () => Promise<void>) {
  const tables = ["LedgerEntry", "LedgerHead", "RefusalEntry", "RefusalHead", "Approval"];
  for (const table of tables) await attacker.query(`CREATE TABLE "saved${table}" AS TABLE "${table}"`);
  try {
    await attacker.query(`ALTER TABLE "LedgerEntry" DROP CONSTRAINT IF EXISTS "LedgerEntry_sha256"`);
    for (const statement of sql) await attacker.query(statement);
    await look();
  } finally {
    for (const table of tables) {
      await attacker.query(`DELETE FROM "${table}"`);
      await attacker.query(`INSERT INTO "${table}" SELECT * FROM "saved${table}"`);
      await attacker.query(`DROP TABLE "saved${table}"`);
    }
  }
}

describe("an untouched registry", () => {
  it("has intact chains whose countersigned heads agree", async () => {
    const { ledger, refusals } = await verify();
    expect(ledger).toMatchObject({ intact: true, broken: null, entries: 5, auditHeadsChecked: 1 });
    expect(refusals).toMatchObject({ intact: true, entries: 1 });
    expect(await chainStates(registry.as(registry.auditor))).toEqual([ledger, refusals]);
  });

  it("numbers without gaps, in strictly later times though the clock stands still", async () => {
    const rows = await db().ledgerEntry.findMany({ orderBy: { seq: "asc" } });
    expect(rows.map((row) => Number(row.seq))).toEqual([1, 2, 3, 4, 5]);
    for (const [index, row] of rows.entries()) {
      expect(row.at.getTime()).toBeGreaterThan(rows[index - 1]?.at.getTime() ?? 0);
    }
  });

  it("exports bytes whose digests can be recomputed", async () => {
    const lines: string[] = [];
    for await (const line of await exportLedger(registry.as(registry.auditor))) lines.push(line);
    const entries = lines.map((line) => JSON.parse(line) as { chain: string; body: string; sha256: string });
    expect(entries.map((entry) => entry.chain)).toEqual([...Array(5).fill("ledger"), "refusals"]);
    for (const entry of entries) expect(sha256Hex(entry.body)).toBe(entry.sha256);
  });
});

describe("found, naming the first broken event", () => {
  it.each([
    [
      "an edited body",
      2,
      [
        `UPDATE "LedgerEntry" SET body = convert_to(replace(convert_from(body, 'UTF8'), 'weather', 'wether'), 'UTF8') WHERE seq = 2`,
      ],
    ],
    ["an edited column", 3, [`UPDATE "LedgerEntry" SET "actorLabel" = 'Somebody Else' WHERE seq = 3`]],
    ["an edited time", 3, [`UPDATE "LedgerEntry" SET at = at + interval '1 hour' WHERE seq = 3`]],
    ["a hidden server", 4, [`UPDATE "LedgerEntry" SET "serverName" = NULL WHERE seq = 4`]],
    [
      "a body and digest edited together",
      3,
      [
        `UPDATE "LedgerEntry" SET body = convert_to(replace(convert_from(body, 'UTF8'), 'publish', 'PUBLISH'), 'UTF8') WHERE seq = 2`,
        `UPDATE "LedgerEntry" SET sha256 = encode(sha256(body), 'hex'), action = 'version.PUBLISH' WHERE seq = 2`,
      ],
    ],
    ["a removed event", 2, [`DELETE FROM "LedgerEntry" WHERE seq = 2`]],
    ["a cut tail", 5, [`DELETE FROM "LedgerEntry" WHERE seq = 5`]],
    [
      "a cut tail with the head set back, by the countersignature",
      3,
      [
        `DELETE FROM "LedgerEntry" WHERE seq >= 3`,
        `UPDATE "LedgerHead" SET (seq, at, sha256) = (SELECT seq, at, sha256 FROM "LedgerEntry" WHERE seq = 2)`,
      ],
    ],
    [
      "an event beyond the head",
      5,
      [`UPDATE "LedgerHead" SET (seq, at, sha256) = (SELECT seq, at, sha256 FROM "LedgerEntry" WHERE seq = 4)`],
    ],
    ["a removed ledger", 1, [`DELETE FROM "LedgerEntry"`, `UPDATE "LedgerHead" SET seq = 0, sha256 = repeat('0', 64)`]],
  ])("%s", async (_what, seq, sql) => {
    await tamper(sql, async () => {
      const { ledger } = await verify();
      expect(ledger.intact).toBe(false);
      expect(ledger.broken?.seq).toBe(seq);
    });
    expect((await verify()).ledger.intact).toBe(true);
  });

  it("a ledger rewritten as a whole, head and all, by the head in the countersignature", async () => {
    await tamper([], async () => {
      await rewriteLedger();
      const { ledger } = await verify();
      expect(ledger.broken).toMatchObject({ seq: 3, reason: expect.stringContaining("countersignature sha256:") });
    });
  });

  it("the same with the countersignature removed, by one that a client kept", async () => {
    const { bundle } = await db().approval.findFirstOrThrow();
    await tamper([`DELETE FROM "Approval"`], async () => {
      await rewriteLedger();
      expect((await verify()).ledger.intact).toBe(true);
      const { ledger } = await verify([{ label: "approval.json", bytes: bundle }]);
      expect(ledger.broken).toMatchObject({ seq: 3, reason: expect.stringContaining("approval.json") });
    });
  });

  it("a countersignature that no registry key made", async () => {
    await tamper(
      [
        `UPDATE "Approval" SET bundle = convert_to(replace(convert_from(bundle, 'UTF8'), '"sig":"', '"sig":"AAAA'), 'UTF8')`,
      ],
      async () => {
        const { ledger } = await verify();
        expect(ledger.broken?.reason).toMatch(/does not verify/);
      },
    );
  });

  it("an edited refusal and a cut refusal chain", async () => {
    await tamper([`UPDATE "RefusalEntry" SET subject = 'somebody@example.com'`], async () => {
      expect((await verify()).refusals.broken?.seq).toBe(1);
    });
    await tamper([`DELETE FROM "RefusalEntry"`], async () => {
      expect((await verify()).refusals.broken?.seq).toBe(1);
    });
  });
});

/** Changes the first event and recomputes every digest after it, as somebody with all rights would. */
async function rewriteLedger() {
  const { rows } = await attacker.query(`SELECT * FROM "LedgerEntry" ORDER BY seq`);
  let prev = "0".repeat(64);
  for (const row of rows) {
    const body = JSON.parse(row.body.toString());
    const changed = Buffer.from(JSON.stringify({ ...body, prev, ...(body.seq === 1 ? { subject: "changed" } : {}) }));
    const sha256 = sha256Hex(changed);
    const values = [changed, prev, sha256, body.seq === 1 ? "changed" : row.subject, row.seq];
    await attacker.query(
      `UPDATE "LedgerEntry" SET body=$1, "prevSha256"=$2, sha256=$3, subject=$4 WHERE seq=$5`,
      values,
    );
    prev = sha256;
  }
  await attacker.query(`UPDATE "LedgerHead" SET sha256 = $1`, [prev]);
}

describe("reading", () => {
  it("pages from the newest, filtered", async () => {
    const ctx = registry.as(registry.auditor);
    const first = await listLedger(ctx, { limit: 2 });
    expect(first.items.map((item) => item.seq)).toEqual([5, 4]);
    expect((await listLedger(ctx, { limit: 10, before: first.next })).items.map((item) => item.seq)).toEqual([3, 2, 1]);
    const published = await listLedger(ctx, { action: "version.publish", namespace: "com.acme" });
    expect(published.items.map((item) => item.seq)).toEqual([2]);
    expect((await listRefusals(ctx, {})).items).toMatchObject([{ kind: "sign-in", subject: "nobody@example.com" }]);
  });

  it("is for auditors and administrators", async () => {
    for (const actor of [registry.member, registry.reviewer, registry.publisher]) {
      const ctx = registry.as(actor);
      await expectRefusal("forbidden", 0, () => listLedger(ctx, {}));
      await expectRefusal("forbidden", 0, () => getLedgerEntry(ctx, { seq: 1 }));
      await expectRefusal("forbidden", 0, () => chainStates(ctx));
      await expectRefusal("forbidden", 0, () => exportLedger(ctx));
    }
    const nobody = registry.as({ kind: "anonymous" });
    await expectRefusal("unauthenticated", 0, () => listRefusals(nobody, {}));
    await expectRefusal("not-found", 0, () => getLedgerEntry(registry.as(registry.admin), { seq: 99 }));
    await expectRefusal("invalid-input", 0, () => listLedger(registry.as(registry.admin), { limit: 1000 }));
  });
});

it("numbers writers that come at the same time without a gap, and forgets one that rolls back", async () => {
  const last = await db().ledgerEntry.count();
  const failing = transact(async (tx) => {
    await appendLedger(tx, registry.system, event("never"));
    throw new Error("rolled back");
  });
  const writers = Array.from({ length: 25 }, (_, i) =>
    transact((tx) => appendLedger(tx, registry.system, event(`${i}`))),
  );
  await expect(failing).rejects.toThrow("rolled back");
  const heads = await Promise.all(writers);
  const numbers = heads.map((head) => Number(head.seq)).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 25 }, (_, i) => last + 1 + i));
  expect((await verify()).ledger).toMatchObject({ intact: true, entries: last + 25 });
});
