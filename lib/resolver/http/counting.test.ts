import { afterEach, beforeEach, expect, it } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import { bearer, inside, makeStage, rows, secrets, tokens } from "#lib/resolver/testing/channel-stage.ts";
import type { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, makeVersion, manifestBytes, now } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const versions = `/servers/${encodeURIComponent(inside)}/versions`;
const blob = `/x/countersign/manifest/${digestOf(manifestBytes({ name: inside, version: "1.0.0" }))}`;
const gone = { name: inside, version: "0.9.0", revoked: true };
let source: MemorySource;
let plane: TestPlane;

beforeEach(async () => {
  source = makeStage(registry);
  source.set(inside, makeVersion(registry, { name: inside, version: "1.0.0" }), makeVersion(registry, gone));
  plane = await listenPlane({ registry, source, internalSecret: "s3cret", countMs: 3_600_000 });
  await plane.start();
});
afterEach(() => plane.close());

/** Ends the reader, which then writes what it counted. */
async function counted() {
  await plane.stop();
  return source.resolutions.map(({ channelId, reader, version, count }) => ({ channelId, reader, version, count }));
}

const standard = { channelId: rows.standard.id, reader: "", version: "1.0.0" };

it("counts each version given, whichever way it was asked for, kept answers and 304 included", async () => {
  for (let asked = 0; asked < 2; asked++) {
    const { headers } = await plane.ask(`/v0.1${versions}/latest`);
    await plane.ask(`/v0.1${versions}/1.0.0`);
    const again = { headers: { "if-none-match": String(headers.etag) } };
    expect((await plane.ask(`/v0.1${versions}/latest`, again)).status).toBe(304);
    expect((await plane.ask(`/v0.1${blob}`)).status).toBe(200);
    expect((await plane.ask(`/v0.1${blob}`, { headers: { "accept-encoding": "br" } })).status).toBe(200);
  }
  expect(await counted()).toEqual([{ ...standard, count: 10 }]);
  expect(source.resolutions[0]).toMatchObject({ day: "2026-06-01", name: inside, lastAt: new Date(now) });
});

it("counts nothing else", async () => {
  const shown = digestOf(source.servers.get(inside)?.[0]?.approvals[0]?.bundle ?? Buffer.alloc(0));
  const urls = [
    "/servers",
    versions,
    `${versions}/9.9.9`,
    `${versions}/latest/`,
    "/health",
    `/x/countersign/approval/${shown}`,
  ];
  for (const url of [...urls, `${versions}/0.9.0`, "/x/countersign/keys"]) await plane.ask(`/v0.1${url}`);
  for (const method of ["HEAD", "OPTIONS", "POST"]) await plane.ask(`/v0.1${versions}/latest`, { method });
  // Our own pages, and readers who were refused, once an answer is kept for others.
  const pages = { "x-countersign-internal": "s3cret" };
  await plane.ask(`/v0.1${versions}/latest`, { headers: pages });
  await plane.ask(`/v0.1${versions}/latest`, { headers: { ...pages, "x-countersign-view": "visitor" } });
  await plane.ask(`/c/team/v0.1${versions}/latest`, bearer(tokens.team));
  await plane.ask(`/c/team/v0.1${versions}/latest`);
  await plane.ask(`/c/team/v0.1${versions}/latest`, bearer(tokens.peers));
  const [token] = source.access.tokens;
  expect(await counted()).toEqual([{ ...standard, channelId: rows.team.id, reader: `token:${token?.id}`, count: 1 }]);
});

it("counts versions that are gone, for those who ask for them", async () => {
  await plane.ask(`/v0.1${versions}/0.9.0?include_deleted=true`);
  expect(await counted()).toEqual([{ ...standard, version: "0.9.0", count: 1 }]);
});

it("says through which channel and by whom, and never a secret", async () => {
  for (const base of ["/v0.1", "/c/open/v0.1", `/c/sealed/${secrets.sealed}/v0.1`]) {
    for (let asked = 0; asked < 2; asked++) await plane.ask(`${base}${versions}/1.0.0`);
  }
  const [secret] = source.access.secrets;
  expect(await counted()).toEqual([
    { ...standard, count: 2 },
    { ...standard, channelId: rows.open.id, count: 2 },
    { ...standard, channelId: rows.sealed.id, reader: `secret:${secret?.id}`, count: 2 },
  ]);
  expect(JSON.stringify(source.resolutions)).not.toContain(secrets.sealed);
});

it("delays nobody while nothing can be written", async () => {
  source.away = true;
  expect((await plane.ask(`/v0.1${versions}/latest`)).status).toBe(200);
  expect(await counted()).toEqual([]);
  expect(plane.events.map(({ event }) => event)).toContain("counts-lost");
});
