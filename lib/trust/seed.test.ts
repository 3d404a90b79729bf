import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sha256Hex } from "#lib/core/digest.ts";
import { db } from "#lib/db/client.ts";
import { createCtx, createPerson } from "#lib/testing/actors.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { codeOf, refusalOf } from "#lib/testing/refusal-code.ts";
import { openDemoTrustRoot } from "#lib/trust/demo/index.ts";
import { listTrustRoots, seedTrustRoots } from "#lib/trust/index.ts";

let database: TestDatabase;
let bytes: Buffer;
const dir = mkdtempSync(path.join(tmpdir(), "cs-trust-"));
const boot = createCtx({ kind: "system", name: "boot" });
const issuers = ["https://issuer.example.com"];

beforeAll(async () => {
  database = await createTestDatabase();
  bytes = await openDemoTrustRoot(dir);
});
afterAll(async () => {
  await database.drop();
  rmSync(dir, { recursive: true, force: true });
});

it("seeds once, however often and from how many processes", async () => {
  await Promise.all([seedTrustRoots(boot, { demoRoot: { bytes, issuers } }), seedTrustRoots(boot)]);
  await seedTrustRoots(boot, { demoRoot: { bytes, issuers } });
  const rows = await db().trustRoot.findMany({ orderBy: { slug: "asc" } });
  expect(rows.map(({ slug, version, demo }) => ({ slug, version, demo }))).toEqual([
    { slug: "demo", version: 1, demo: true },
    { slug: "public-good", version: 1, demo: false },
  ]);
  expect(await db().ledgerEntry.count({ where: { action: "trust-root.add" } })).toBe(2);
});

it("makes a new version of changed material and retires the old one, which stays", async () => {
  await seedTrustRoots(boot, { demoRoot: { bytes, issuers: [...issuers, "https://other.example.com"] } });
  const rows = await db().trustRoot.findMany({ where: { slug: "demo" }, orderBy: { version: "asc" } });
  expect(rows.map(({ version, retiredAt }) => [version, retiredAt === null])).toEqual([
    [1, false],
    [2, true],
  ]);
});

it("refuses a demo root in a production instance, broken material, and everybody but our own processes", async () => {
  const person = await createPerson({ grants: [["admin", "*"]] });
  const production = { ...boot, instanceKind: "production" as const };
  expect(await refusalOf(() => seedTrustRoots(createCtx(person)))).toBe("forbidden");
  expect(await refusalOf(() => seedTrustRoots(production, { demoRoot: { bytes, issuers } }))).toMatch(
    /no demo trust root/,
  );
  const broken = { bytes: Buffer.from("{}"), issuers };
  expect(await refusalOf(() => seedTrustRoots(boot, { demoRoot: broken }))).toMatch(/demo must not be used/);
});

it("stops for a root without start dates, also one that is stored and current since an earlier release", async () => {
  const root = JSON.parse(bytes.toString());
  for (const log of root.tlogs) delete log.publicKey.validFor.start;
  const lax = { bytes: Buffer.from(JSON.stringify(root)), issuers };
  const stored = await db().trustRoot.findFirstOrThrow({ where: { slug: "demo", retiredAt: null } });
  const { id, bytes: sound, sha256, issuers: before } = stored;
  await db().trustRoot.update({ where: { id }, data: { ...lax, sha256: sha256Hex(lax.bytes) } });
  expect(await refusalOf(() => seedTrustRoots(boot, { demoRoot: lax }))).toMatch(/must not be used: \/tlogs\/0\//);
  await db().trustRoot.update({ where: { id }, data: { bytes: sound, sha256, issuers: before } });
});

it("shows authorities with their dates to whoever is signed in", async () => {
  const roots = await listTrustRoots(createCtx(await createPerson()));
  const publicGood = roots.find(({ slug }) => slug === "public-good");
  expect(publicGood?.authorities.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["certificate", "log"]));
  expect(publicGood?.authorities.every(({ from }) => !Number.isNaN(Date.parse(from)))).toBe(true);
  expect(await codeOf(listTrustRoots(createCtx({ kind: "anonymous" })))).toBe("unauthenticated");
});
