import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { day, makeRegistry, makeVersion, now } from "#lib/resolver/testing/registry.ts";
import type { KeySet } from "#lib/signing/index.ts";

const registry = makeRegistry();
const name = "io.acme/weather";
const other = "io.acme/other";
const version = (number: string, more: Partial<Parameters<typeof makeVersion>[1]> = {}) =>
  makeVersion(registry, { name, version: number, ...more });
const otherVersion = () => makeVersion(registry, { name: other, version: "1.0.0" });

const open: TestPlane[] = [];
afterEach(async () => {
  for (const plane of open.splice(0)) await plane.close();
});

async function startPlane(source: MemorySource, options: Partial<Parameters<typeof listenPlane>[0]> = {}) {
  const plane = await listenPlane({ registry, source, ...options });
  open.push(plane);
  await plane.start();
  return plane;
}

async function latestOf(plane: TestPlane, server = name) {
  const { status, json } = await plane.ask(`/v0.1/servers/${encodeURIComponent(server)}/versions/latest`);
  return status === 200 ? json<{ server: { version: string } }>().server.version : status;
}
const becomes = (plane: TestPlane, expected: unknown, server = name) =>
  vi.waitFor(async () => expect(await latestOf(plane, server)).toBe(expected), { timeout: 3000, interval: 10 });

describe("before the first load", () => {
  it("everything that needs the catalogue is 503", async () => {
    const plane = await listenPlane({ registry, source: new MemorySource() });
    open.push(plane);
    for (const path of ["servers", "servers/a/b/versions", "health", "x/countersign/keys"]) {
      const { status, headers } = await plane.ask(`/v0.1/${path}`);
      expect([status, headers["retry-after"]]).toEqual([503, "1"]);
    }
    expect((await plane.ask("/v0.1/ping")).status).toBe(200);
    expect(plane.health()).toEqual({
      ...{ ready: false, ageMs: null, servers: 0, droppedRows: 0, ledgerSeq: null },
      ...{ lastLoad: null, loads: 0, counts: { unwritten: 0, lost: 0 } },
    });
  });

  it("a start without source fails and can be tried again", async () => {
    const source = new MemorySource().set(name, version("1.0.0"));
    source.away = true;
    const plane = await listenPlane({ registry, source });
    open.push(plane);
    await expect(plane.start()).rejects.toThrow("connection refused");
    source.away = false;
    await plane.start();
    expect(await latestOf(plane)).toBe("1.0.0");
  });
});

describe("following the ledger", () => {
  it("shows what an entry names, woken or by polling", async () => {
    const source = new MemorySource().set(name, version("1.0.0"));
    const plane = await startPlane(source, { pollMs: 60_000 });
    source.set(name, version("1.0.0"), version("2.0.0")).append(name);
    source.notify();
    await becomes(plane, "2.0.0");
    const polling = await startPlane(source);
    source.set(name, version("1.0.0"), version("2.0.0", { revoked: true })).append(name, "version.revoke");
    await becomes(polling, "1.0.0");
    expect(polling.health()).toMatchObject({ ready: true, servers: 1, ledgerSeq: 2n });
  });

  it("reads again only the servers named", async () => {
    const source = new MemorySource().set(name, version("1.0.0")).set(other, otherVersion());
    const plane = await startPlane(source);
    const loads = vi.spyOn(source, "loadServer");
    for (let i = 0; i < 600; i++) source.append(null, "session.end");
    source.append(name);
    source.append(name);
    await vi.waitFor(() => expect(plane.health().ledgerSeq).toBe(602n));
    expect(loads.mock.calls).toEqual([[name]]);
    expect(source.snapshots).toBe(1);
  });

  it.each([
    ["is shorter", (source: MemorySource) => source.cut(1)],
    ["has another entry at its end", (source: MemorySource) => source.cut(1).append(other)],
    ["was emptied", (source: MemorySource) => source.cut(3)],
  ])("loads everything again when the ledger %s", async (_, change) => {
    const source = new MemorySource().set(name, version("1.0.0"));
    for (let i = 0; i < 3; i++) source.append(name);
    const plane = await startPlane(source);
    source.set(name, version("3.0.0")).set(other, otherVersion());
    change(source);
    await becomes(plane, "3.0.0");
    expect(await latestOf(plane, other)).toBe("1.0.0");
    expect(source.snapshots).toBe(2);
    expect(plane.events).toContainEqual(expect.objectContaining({ event: "ledger-replaced" }));
  });

  it("reads the keys again after a rotation, and believes nothing signed by a key that left", async () => {
    const source = new MemorySource().set(name, version("1.0.0"));
    const next = makeRegistry();
    let keySet: KeySet = registry.keySet;
    const plane = await startPlane(source, { loadKeySet: () => keySet });
    keySet = next.keySet;
    source.set(other, makeVersion(next, { name: other, version: "1.0.0" })).append(null, "registry-key.rotate");
    await becomes(plane, "1.0.0", other);
    expect(await latestOf(plane)).toBe(404);
    expect((await plane.ask("/v0.1/x/countersign/keys")).body.toString()).toContain(next.keySet.keys[0]?.keyId);
  });
});

describe("trouble", () => {
  it("a row that fails verification holds up no other and raises an alarm", async () => {
    const bad = version("9.0.0", { row: { manifestDigest: `sha256:${"0".repeat(64)}` } });
    const source = new MemorySource().set(name, bad, version("1.0.0")).set(other, null as never);
    const plane = await startPlane(
      source.set("io.acme/z", makeVersion(registry, { name: "io.acme/z", version: "1.0.0" })),
    );
    expect(await latestOf(plane)).toBe("1.0.0");
    expect(await latestOf(plane, other)).toBe(404);
    expect(await latestOf(plane, "io.acme/z")).toBe("1.0.0");
    expect(plane.health().droppedRows).toBe(2);
    expect(plane.events).toMatchObject([
      { event: "row-refused", server: name, version: "9.0.0", reason: "manifest does not have its digest" },
      { event: "row-refused", server: other },
    ]);
  });

  it("a server that cannot be read is hidden, others go on, and it comes back by itself", async () => {
    const source = new MemorySource().set(name, version("1.0.0")).set(other, otherVersion());
    const plane = await startPlane(source);
    source.poisoned.add(name);
    source.set(other, makeVersion(registry, { name: other, version: "1.0.0", revoked: true }));
    source.append(name);
    source.append(other, "version.revoke");
    await becomes(plane, 404, other);
    expect(await latestOf(plane)).toBe(404);
    source.poisoned.delete(name);
    await becomes(plane, "1.0.0");
  });

  it("without source the last good catalogue is served, and its age grows", async () => {
    const source = new MemorySource().set(name, version("1.0.0"));
    const plane = await startPlane(source);
    source.away = true;
    source.set(name, version("2.0.0")).append(name);
    await vi.waitFor(() => expect(plane.health().ageMs).toBeGreaterThan(100));
    expect(await latestOf(plane)).toBe("1.0.0");
    source.away = false;
    await becomes(plane, "2.0.0");
    expect(plane.events.filter(({ event }) => event === "source-away")).toHaveLength(1);
  });

  it("without source for too long nothing is served, until it is back", async () => {
    const source = new MemorySource().set(name, version("1.0.0"));
    const plane = await startPlane(source, { maxAgeMs: 150 });
    source.away = true;
    await becomes(plane, 503);
    expect((await plane.ask("/v0.1/health")).status).toBe(503);
    expect((await plane.ask("/v0.1/ping")).status).toBe(200);
    source.away = false;
    await becomes(plane, "1.0.0");
  });

  it("expiry needs neither source nor ledger", async () => {
    const ends = { approval: { expiresAt: new Date(now + day).toISOString() } };
    const source = new MemorySource().set(name, version("1.0.0"), version("2.0.0", ends));
    const plane = await startPlane(source);
    source.away = true;
    expect(await latestOf(plane)).toBe("2.0.0");
    plane.setClock(now + day);
    expect(await latestOf(plane)).toBe("1.0.0");
  });

  it("a revocation once seen outlives a database that forgot it", async () => {
    const source = new MemorySource().set(name, version("1.0.0", { revoked: true }));
    source.append(name);
    const plane = await startPlane(source);
    source.set(name, version("1.0.0")).append(name);
    await vi.waitFor(() => expect(plane.events).toMatchObject([{ event: "revocation-vanished", server: name }]));
    source.cut(2);
    await vi.waitFor(() => expect(source.snapshots).toBe(2));
    expect(await latestOf(plane)).toBe(404);
    const { body } = await plane.ask("/v0.1/servers/io.acme/weather/versions/1.0.0?include_deleted=true");
    expect(body.toString()).toContain('"statusMessage":"Revoked."');
  });

  it("a revocation once seen outlives a restart too, and a torn line spoils no other", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "cs-revocations-"));
    const revocationsFile = path.join(folder, "resolver", "revocations");
    const seen = new MemorySource().set(name, version("1.0.0", { revoked: true }));
    const first = await startPlane(seen, { revocationsFile });
    await first.stop();
    await appendFile(revocationsFile, "\ntorn");
    const forgetful = new MemorySource().set(name, version("1.0.0")).set(other, otherVersion());
    for (let start = 0; start < 2; start++) {
      const plane = await startPlane(forgetful, { revocationsFile });
      expect(await latestOf(plane)).toBe(404);
      expect(await latestOf(plane, other)).toBe("1.0.0");
      const events = plane.events.map(({ event }) => event);
      expect(events).toEqual(["remembered-revocation-refused", "revocation-vanished"]);
    }
    expect((await readFile(revocationsFile, "utf8")).split("\n")).toHaveLength(3);
    await rm(folder, { recursive: true });
  });
});

describe("closed to anonymous readers", () => {
  it("answers the probes and our own pages alone", async () => {
    const source = new MemorySource().set(name, version("1.0.0"));
    const plane = await startPlane(source, { anonymous: false, internalSecret: "s3cret" });
    const url = "/v0.1/servers";
    expect((await plane.ask("/v0.1/health")).status).toBe(200);
    for (const headers of [undefined, { "x-countersign-internal": "" }, { "x-countersign-internal": "other" }]) {
      const { status, json } = await plane.ask(url, { headers });
      expect([status, json().code]).toEqual([403, "forbidden"]);
    }
    expect((await plane.ask(url, { headers: { "x-countersign-internal": "s3cret" } })).status).toBe(200);
    // What our own pages were answered is kept, but not for others.
    expect((await plane.ask(url)).status).toBe(403);
  });

  it("has no secret that is empty", async () => {
    const plane = await startPlane(new MemorySource(), { anonymous: false });
    expect((await plane.ask("/v0.1/servers", { headers: { "x-countersign-internal": "" } })).status).toBe(403);
  });
});
