import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createDatabaseSource, type DatabaseSource } from "#lib/resolver/store.ts";
import { recordingLog } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { names } from "#lib/testing/trouble/database-verbs.ts";
import { type LiveRegistry, openLiveRegistry } from "#lib/testing/trouble/live-registry.ts";

// A real Postgres that lets nobody in, and comes back with other content: nobody restarts the reader.

const maxAgeMs = 10_000;
const [name = ""] = names;
const url = `/v0.1/servers/${encodeURIComponent(name)}/versions/latest`;
let live: LiveRegistry;
let source: DatabaseSource;
let plane: TestPlane;

beforeAll(async () => {
  live = await openLiveRegistry();
  source = createDatabaseSource(live.database.appUrl, recordingLog());
  plane = await listenPlane({
    registry: live.trust,
    source,
    clock: () => live.registry.clock.now().getTime(),
    maxAgeMs,
    revocationsFile: path.join(live.folder, "revocations"),
  });
  await plane.start();
});
afterAll(async () => {
  await plane.close();
  await source.close();
  await live.close();
});

const becomes = (expected: unknown, see: () => Promise<unknown>) =>
  vi.waitFor(async () => expect(await see()).toEqual(expected), { timeout: 30_000, interval: 50 });
const statusOf = async (path: string) => (await plane.ask(path)).status;
const latest = async () => (await plane.ask(url)).json<{ server?: { version: string } }>().server?.version;

it("reads go on with their age, end at the limit, and catch up when the database is back", async () => {
  const before = await plane.ask(url);
  expect([before.status, before.headers["countersign-catalogue-age"]]).toEqual([200, undefined]);

  await live.database.goAway();
  await becomes(true, async () => "countersign-catalogue-age" in (await plane.ask(url)).headers);
  const old = await plane.ask(url);
  expect([old.status, old.body]).toEqual([200, before.body]);
  expect(Number(old.headers["countersign-catalogue-age"])).toBeGreaterThanOrEqual(5);
  expect(old.headers["access-control-expose-headers"]).toContain("Countersign-Catalogue-Age");
  const health = (await plane.ask("/v0.1/health")).json<{ catalogue_age_seconds: number }>();
  expect(health.catalogue_age_seconds).toBeGreaterThanOrEqual(5);

  await becomes(503, () => statusOf(url));
  const refused = await plane.ask("/v0.1/servers");
  expect([refused.status, refused.json().code, refused.headers["retry-after"]]).toEqual([503, "unavailable", "5"]);
  expect(await statusOf("/v0.1/health")).toBe(503);
  expect(await statusOf("/v0.1/ping")).toBe(200);

  await live.database.comeBack();
  await live.verbs.perform(["approve", name, "2.0.0"]);
  await becomes("2.0.0", latest);
  expect((await plane.ask(url)).headers).not.toHaveProperty("countersign-catalogue-age");
  expect(await statusOf("/v0.1/health")).toBe(200);
}, 90_000);

it("what was revoked in an outage, or in the database that a restored one replaced, is not served afterwards", async () => {
  await live.database.backUp();
  await live.verbs.perform(["revoke", name, "2.0.0"]);
  await becomes("1.0.0", latest);
  await live.database.restore();
  await becomes(true, async () => plane.events.some(({ event }) => event === "revocation-vanished"));
  expect(await latest()).toBe("1.0.0");
  const { body } = await plane.ask(`/v0.1/servers/${encodeURIComponent(name)}/versions/2.0.0?include_deleted=true`);
  expect(body.toString()).toContain('"statusMessage":"Revoked."');
});
