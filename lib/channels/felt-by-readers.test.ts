import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createToken, deactivatePerson, revokeToken } from "#lib/access/index.ts";
import { approveVersion, readKeySet } from "#lib/approval/index.ts";
import * as channels from "#lib/channels/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { createDatabaseSource, type DatabaseSource } from "#lib/resolver/store.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { getReview } from "#lib/reviews/index.ts";
import { everything, readLastEntry } from "#lib/testing/channels.ts";
import { createTestRegistry, insertPerson, type TestRegistry, testRegistryId } from "#lib/testing/lifecycle.ts";
import { publishVersion } from "#lib/versions/index.ts";

// Verbs on one side, a reader on the other, and between them nothing but the database and its notifications: the reader
// would poll only once an hour.

let registry: TestRegistry;
let source: DatabaseSource;
let plane: TestPlane;

beforeAll(async () => {
  registry = await createTestRegistry();
  for (const server of ["ledger", "weather"]) await approve(`com.acme/${server}`);
  source = createDatabaseSource(registry.database.appUrl, recordingLog());
  plane = await startPlane();
});
afterAll(async () => {
  await plane.close();
  await source.close();
  await registry.close();
});

async function startPlane(): Promise<TestPlane> {
  const keySet = await readKeySet(registry.keyDir, testRegistryId);
  const started = await listenPlane({ registry: { registryId: testRegistryId, keySet }, source, pollMs: 3_600_000 });
  started.setClock(registry.clock.now().getTime());
  await started.start();
  return started;
}

async function approve(name: string): Promise<void> {
  const upload = await registry.sign({ ...sampleManifest, name, version: "1.0.0" });
  await publishVersion(registry.as(registry.publisher), upload);
  const { id: versionId } = await db().version.findFirstOrThrow({ where: { server: { name } } });
  const { reviewDigest } = await getReview(registry.as(registry.reviewer), { versionId });
  const expiresAt = new Date(registry.clock.now().getTime() + 30 * 86_400_000).toISOString();
  await approveVersion(registry.as(registry.reviewer), { versionId, reviewDigest, expiresAt });
}

const admin = () => registry.as(registry.admin);
const select = (tag: string) => ({ include: [{ tag }], exclude: [] });
const make = (slug: string, audience: string, selection: object = everything) =>
  channels.createChannel(admin(), { slug, label: slug, audience, selection });
const readerToken = (who: PersonActor, slug: string) =>
  createToken(registry.as(who), { label: `${slug} reader`, scopes: ["resolve"], channels: [slug], expiresInDays: 1 });

/** What one reader gets: status and, of a list, the names in it with their states. */
async function look(base: string, secret: string | null = null, query = "") {
  const headers: Record<string, string> = secret === null ? {} : { authorization: `Bearer ${secret}` };
  const answer = await plane.ask(`${base}/v0.1/servers${query}`, { headers });
  if (answer.status !== 200) return answer.status;
  return answer.json<{ servers: Listed[] }>().servers.map(({ server, _meta }) => {
    const { status } = _meta["io.modelcontextprotocol.registry/official"];
    return `${server.name} ${status}`;
  });
}

type Listed = {
  server: { name: string };
  _meta: Record<"io.modelcontextprotocol.registry/official", { status: string; updatedAt: string }>;
};

/** What changed then or later. */
const updatedAt = (at: Date) => `?updated_since=${new Date(at.getTime() - 1).toISOString()}`;

const becomes = (read: () => Promise<unknown>, expected: unknown) =>
  vi.waitFor(async () => expect(await read()).toEqual(expected), { timeout: 5000, interval: 10 });

it("a token channel shows what is tagged, to whoever has a token for it, until that ends", async () => {
  await make("finance", "token", select("finance"));
  await becomes(() => look("/c/finance"), 401);
  const [mine, theirs] = [
    await readerToken(registry.member, "finance"),
    await readerToken(registry.auditor, "finance"),
  ];
  await becomes(() => look("/c/finance", mine.secret), []);
  await channels.tagServer(admin(), { name: "com.acme/ledger", tags: ["finance"] });
  await becomes(() => look("/c/finance", mine.secret), ["com.acme/ledger active"]);
  await revokeToken(registry.as(registry.member), { id: mine.id });
  await becomes(() => look("/c/finance", mine.secret), 401);
  expect(await look("/c/finance", theirs.secret)).toEqual(["com.acme/ledger active"]);
  await channels.updateChannel(admin(), { slug: "finance", edition: 1, openToPeople: false });
  await becomes(() => look("/c/finance", theirs.secret), 401);
});

it("a token for other things is told so, and is unknown when it has ended", async () => {
  await make("stocks", "token");
  const request = { label: "other things", scopes: ["read"], namespaces: ["*"], expiresInDays: 1 };
  const { id, secret } = await createToken(registry.as(registry.member), request);
  await becomes(() => look("/c/stocks", secret), 403);
  plane.setClock(registry.clock.now().getTime() + 86_400_000);
  expect(await look("/c/stocks", secret)).toBe(401);
  plane.setClock(registry.clock.now().getTime());
  expect(await look("/c/stocks", secret)).toBe(403);
  await revokeToken(registry.as(registry.member), { id });
  await becomes(() => look("/c/stocks", secret), 401);
});

it("ends with its owner's account", async () => {
  await make("staff", "token");
  const leaver = await insertPerson("Lea Leaver", [], registry.clock);
  const token = await readerToken(leaver, "staff");
  await becomes(() => look("/c/staff", token.secret), ["com.acme/ledger active", "com.acme/weather active"]);
  await deactivatePerson(admin(), { id: leaver.personId });
  await becomes(() => look("/c/staff", token.secret), 401);
});

it("a server that leaves is deleted there since the edit, and back since the next", async () => {
  const both = ["com.acme/ledger active", "com.acme/weather active"];
  await make("narrow", "anonymous");
  await becomes(() => look("/c/narrow"), both);
  const only = { include: [{ server: "com.acme/weather" }], exclude: [] };
  await channels.updateChannel(admin(), { slug: "narrow", edition: 1, selection: only });
  await becomes(() => look("/c/narrow"), ["com.acme/weather active"]);
  const { at: left } = await readLastEntry();
  expect(await look("/c/narrow", null, updatedAt(left))).toEqual(["com.acme/ledger deleted"]);
  await channels.updateChannel(admin(), { slug: "narrow", edition: 2, selection: everything });
  const { at: back } = await readLastEntry();
  await becomes(() => look("/c/narrow", null, updatedAt(back)), ["com.acme/ledger active"]);
  expect(await look("")).toEqual(both);
});

it("a capability channel answers at its newest address, at older ones for as long as they were given", async () => {
  const toBase = ({ address }: { address: string }) => address.slice(testRegistryId.length);
  const first = toBase(await make("partner", "capability"));
  await becomes(async () => Array.isArray(await look(first)), true);
  const second = toBase(await channels.rotateSecret(admin(), { slug: "partner", overlapHours: 1 }));
  await becomes(async () => Array.isArray(await look(second)), true);
  expect(await look(first)).toHaveLength(2);
  plane.setClock(registry.clock.now().getTime() + 3_600_000);
  expect(await look(first)).toBe(404);
  expect(await look(second)).toHaveLength(2);
  plane.setClock(registry.clock.now().getTime());
  const { secrets } = await channels.getChannel(admin(), { slug: "partner" });
  const newest = secrets.find(({ state }) => state === "active");
  await channels.revokeSecret(admin(), { slug: "partner", id: newest?.id });
  await becomes(() => look(second), 404);
  expect(await look("/c/partner")).toBe(404);
});

it("a disabled channel is no channel, and the same again when it is enabled", async () => {
  await make("paused", "anonymous");
  await becomes(async () => Array.isArray(await look("/c/paused")), true);
  await channels.disableChannel(admin(), { slug: "paused" });
  await becomes(() => look("/c/paused"), 404);
  await channels.enableChannel(admin(), { slug: "paused" });
  await becomes(async () => Array.isArray(await look("/c/paused")), true);
});

it("what was resolved, by whom and where, is known when the reader has written it", async () => {
  const of = { name: "com.acme/weather", version: "1.0.0" };
  await make("counted", "token");
  const token = await readerToken(registry.member, "counted");
  await becomes(async () => Array.isArray(await look("/c/counted", token.secret)), true);
  const url = `/c/counted/v0.1/servers/${encodeURIComponent(of.name)}/versions`;
  const headers = { authorization: `Bearer ${token.secret}` };
  for (const version of ["latest", "1.0.0", "none"]) await plane.ask(`${url}/${version}`, { headers });
  await plane.close();
  const { readers } = await channels.listReaders(admin(), of);
  const mine = readers.filter(({ channel }) => channel.slug === "counted");
  expect(mine).toMatchObject([{ reader: { kind: "token", label: "counted reader", owner: "Mia Member" }, count: 2 }]);
  plane = await startPlane();
});
