import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import type { VersionRecord } from "#lib/resolver/source.ts";
import { channelRow } from "#lib/resolver/testing/channels.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { type Answer, listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { day, makeRegistry, makeVersion, now, type VersionOptions } from "#lib/resolver/testing/registry.ts";
import type { KeySet } from "#lib/signing/index.ts";
import { troubleSource } from "#lib/testing/trouble/troubled-source.ts";

// While everything is loaded beside what readers see, a version that is withdrawn is gone for them as if nothing was
// loaded, and does not come back for a moment when what was loaded takes over.

const registry = makeRegistry();
const name = "io.acme/weather";
const other = "io.acme/other";
const version = (number: string, more: Partial<VersionOptions> = {}) =>
  makeVersion(registry, { name, version: number, ...more });
const [first, second, third] = [version("1.0.0"), version("2.0.0"), version("3.0.0")] as const;
const open = channelRow("open", { selection: { include: [{ tag: "a" }], exclude: [] } });

let source: MemorySource;
let plane: TestPlane;
let keySet: KeySet;
/** Rows of a snapshot are held up until this is there. */
let gate: Promise<void> | null;
let release: () => void;
let beforeRead: (read: string) => Promise<void> | void;

beforeEach(async () => {
  source = new MemorySource().set(name, first, second);
  source.set(other, makeVersion(registry, { name: other, version: "1.0.0" }));
  source.access.channels = [channelRow("default"), open];
  for (const each of [name, other]) source.placements.set(each, { name: each, tags: ["a"], moves: [] });
  source.append(null, "session.start");
  [gate, beforeRead, keySet] = [null, () => {}, registry.keySet];
  const held = troubleSource(source, async (read) => {
    await beforeRead(read);
    if (read === "row") await gate;
  });
  plane = await listenPlane({ registry, source: held, withdrawMs: 5, loadKeySet: () => keySet });
});
afterEach(async () => {
  release?.();
  await plane.close();
});

function hold(): void {
  gate = new Promise((resolve) => {
    release = resolve;
  });
}

/** Why everything is loaded anew while readers are answered. */
const reasons = {
  "keys were rotated": () => source.append(null, "registry-key.rotate"),
  "the ledger went back": () => source.cut(1).append(null, "backup.restore"),
};
type Reason = keyof typeof reasons;
const allReasons = Object.keys(reasons) as Reason[];

/** Resolves when the rows of a snapshot wait. */
async function loadingIsHeld(): Promise<void> {
  let held = false;
  beforeRead = (read) => {
    held ||= read === "row";
  };
  await vi.waitFor(() => expect(held).toBe(true), { interval: 2 });
  beforeRead = () => {};
}

async function startLoading(reason: Reason, newKeySet = keySet): Promise<void> {
  await plane.start();
  hold();
  keySet = newKeySet;
  reasons[reason]();
  await loadingIsHeld();
}

function change(action: string, ...rows: VersionRecord[]): void {
  source.set(name, ...rows).append(name, action);
}

const pathOf = (number: string, at = "/v0.1") => `${at}/servers/${encodeURIComponent(name)}/versions/${number}`;
const blobOf = (bytes: Uint8Array | null | undefined, kind: string) =>
  `/v0.1/x/countersign/${kind}/${digestOf(bytes ?? Buffer.alloc(0))}`;

const paths = ["/v0.1", "/c/open/v0.1"].flatMap((at) => [
  ...["", "?include_deleted=true", "?version=latest", "?search=weather", "?version=2.0.0"].map(
    (query) => `${at}/servers${query}`,
  ),
  `${at}/servers/${encodeURIComponent(name)}/versions`,
  `${at}/servers/${encodeURIComponent(name)}/versions?include_deleted=true`,
  ...["latest", "1.0.0", "2.0.0", "2.0.0?include_deleted=true"].map((number) => pathOf(number, at)),
]);
const blobs = [blobOf(second.manifest, "manifest"), blobOf(second.approvals[0]?.bundle, "approval")];

const comparable = ({ status, headers, body, json }: Answer) =>
  status >= 400 ? [status, json().code] : [status, headers.etag, body.toString()];

async function answersOf({ ask }: TestPlane): Promise<unknown[]> {
  const asked = [...paths, ...blobs, ...blobs.map((path) => `${path}?include_deleted=true`)];
  return Promise.all(asked.map(async (path) => [path, comparable(await ask(path))]));
}

/** What a reader says that has loaded everything just now. */
async function answersAnew(): Promise<unknown[]> {
  const fresh = await listenPlane({ registry, source, loadKeySet: () => keySet });
  await fresh.start();
  const answers = await answersOf(fresh);
  await fresh.close();
  return answers;
}

const statusOf = async (path: string) => (await plane.ask(path)).status;
const becomes = (status: number, path: string) =>
  vi.waitFor(async () => expect(await statusOf(path)).toBe(status), { timeout: 5000, interval: 2 });

/** What is gone before any later read of this reader must be gone at each. */
function watch(path: string): number[] {
  const seen: number[] = [];
  beforeRead = async () => void seen.push(await statusOf(path));
  return seen;
}

async function endLoading(): Promise<void> {
  release();
  await vi.waitFor(() => expect(plane.health().loads).toBe(2), { timeout: 5000, interval: 2 });
}

const later = (row: Partial<VersionRecord>): Partial<VersionRecord> => ({
  ...row,
  statusChangedAt: new Date(now + 5),
  updatedAt: new Date(now + 5),
});
const firstIsLatest = { ...first, updatedAt: new Date(now + 5) };
const withdrawals: [string, string, VersionRecord[]][] = [
  ["revoked", "version.revoke", [firstIsLatest, version("2.0.0", { revoked: true, row: later({}) })]],
  ["claimed to be revoked", "version.revoke", [firstIsLatest, { ...second, ...later({ state: "revoked" }) }]],
  ["quarantined", "version.quarantine", [firstIsLatest, { ...second, ...later({ state: "quarantined" }) }]],
  ["recorded as expired", "version.expire", [firstIsLatest, { ...second, ...later({ expiredRound: 1 }) }]],
  ["not there any more", "version.delete", [first]],
  ["rejected after all", "version.reject", [first, { ...second, state: "rejected" }]],
  ["without its countersignature", "version.reject", [first, { ...second, approvals: [] }]],
];

describe.each(allReasons)("while everything is loaded because %s", (reason) => {
  it.each(withdrawals)("a version that is %s is gone as if nothing was loaded, and stays so", async (...withdrawal) => {
    const [, action, rows] = withdrawal;
    await startLoading(reason);
    expect(await statusOf(pathOf("2.0.0"))).toBe(200);
    change(action, ...rows);
    await becomes(404, pathOf("2.0.0"));
    const anew = await answersAnew();
    expect(await answersOf(plane)).toEqual(anew);
    expect(plane.health().loads).toBe(1);
    const seen = watch(pathOf("2.0.0"));
    await endLoading();
    expect(await answersOf(plane)).toEqual(anew);
    expect(seen.length).toBeGreaterThan(2);
    expect(new Set(seen)).toEqual(new Set([404]));
  });

  it("a server whose rows cannot be read is hidden, until they can", async () => {
    await startLoading(reason);
    source.poisoned.add(name);
    source.append(name, "version.revoke");
    await becomes(404, pathOf("1.0.0"));
    expect(await statusOf("/v0.1/servers/io.acme/other/versions/latest")).toBe(200);
    source.poisoned.clear();
    await endLoading();
    await becomes(200, pathOf("1.0.0"));
  });

  it("what is withdrawn is looked for again when the source could not be read", async () => {
    await startLoading(reason);
    source.away = true;
    change("version.revoke", first, version("2.0.0", { revoked: true }));
    let failed = 0;
    beforeRead = () => void failed++;
    await vi.waitFor(() => expect(failed).toBeGreaterThan(1), { interval: 2 });
    expect(await statusOf(pathOf("2.0.0"))).toBe(200);
    source.away = false;
    await becomes(404, pathOf("2.0.0"));
    expect(plane.health().loads).toBe(1);
  });

  it("an approval that ends does so by the clock", async () => {
    const ends = version("2.0.0", { approval: { expiresAt: new Date(now + day).toISOString() } });
    source.set(name, first, ends);
    await startLoading(reason);
    plane.setClock(now + day);
    expect(await statusOf(pathOf("2.0.0"))).toBe(404);
  });
});

it("what is approved is shown too while keys were rotated, and those who sync hear of everything", async () => {
  await startLoading("keys were rotated");
  const since = `/v0.1/servers?updated_since=${new Date(now).toISOString()}`;
  const heard = async () =>
    (await plane.ask(since))
      .json<{ servers: { server: { version: string } }[] }>()
      .servers.map((entry) => entry.server.version);
  expect(await heard()).toEqual([]);
  const row = { updatedAt: new Date(source.at + 1) };
  change("version.countersign", first, second, { ...third, ...row });
  await becomes(200, pathOf("3.0.0"));
  await vi.waitFor(async () => expect(await heard()).toEqual(["3.0.0"]), { interval: 2 });
  expect(plane.health()).toMatchObject({ loads: 1, ledgerSeq: 3n });
  const seen = watch(pathOf("3.0.0"));
  await endLoading();
  expect(new Set(seen)).toEqual(new Set([200]));
});

it("a revocation by the new key is believed at once, and one by a key that is none is not shown as one", async () => {
  const next = makeRegistry();
  const resigned = (by: typeof registry) => {
    const [, revocation] = makeVersion(by, { name, version: "2.0.0", revoked: true }).approvals;
    const approvals = [...second.approvals, ...(revocation ? [revocation] : [])];
    return { ...second, state: "revoked", round: 2, approvals };
  };
  const deleted = `${pathOf("2.0.0")}?include_deleted=true`;
  await startLoading("keys were rotated", { keys: [...registry.keySet.keys, ...next.keySet.keys] });
  change("version.revoke", first, resigned(next));
  await becomes(404, pathOf("2.0.0"));
  expect((await plane.ask(deleted)).body.toString()).toContain('"status":"deleted"');
  expect(plane.health()).toMatchObject({ loads: 1, droppedRows: 0 });
  change("version.revoke", first, resigned(makeRegistry()));
  await becomes(404, deleted);
  expect(plane.health()).toMatchObject({ loads: 1, droppedRows: 1 });
});

describe("of a ledger that is another", () => {
  const reason = "the ledger went back";

  it("nothing is given before everything is", async () => {
    const hidden = version("2.0.0", { row: { state: "quarantined" } });
    const short = version("1.0.0", { approval: { expiresAt: new Date(now + day).toISOString() } });
    source.set(name, short, hidden);
    await startLoading(reason);
    change("version.countersign", first, second, third);
    change("version.revoke", first, second, third);
    source.set("io.acme/new", makeVersion(registry, { name: "io.acme/new", version: "1.0.0" })).append("io.acme/new");
    change("version.revoke", first, second, third);
    source.set(other, makeVersion(registry, { name: other, version: "1.0.0", revoked: true })).append(other);
    await becomes(404, "/v0.1/servers/io.acme/other/versions/1.0.0");
    const asked = [pathOf("2.0.0"), pathOf("3.0.0"), "/v0.1/servers/io.acme/new/versions/1.0.0"];
    expect(await Promise.all(asked.map(statusOf))).toEqual([404, 404, 404]);
    expect(await statusOf(pathOf("1.0.0"))).toBe(200);
    plane.setClock(now + day);
    expect(await statusOf(pathOf("1.0.0"))).toBe(404);
    await endLoading();
    expect(await Promise.all(asked.map(statusOf))).toEqual([200, 200, 200]);
    expect(await statusOf(pathOf("1.0.0"))).toBe(200);
  });

  it("what ends earlier there does so, and other bytes are nobody's", async () => {
    await startLoading(reason);
    const ends = { approval: { expiresAt: new Date(now + day).toISOString() } };
    change("version.countersign", version("1.0.0", ends), version("2.0.0", { description: "Another" }));
    await becomes(404, `${pathOf("2.0.0")}?include_deleted=true`);
    expect(await statusOf(pathOf("1.0.0"))).toBe(200);
    plane.setClock(now + day);
    expect(await statusOf(pathOf("1.0.0"))).toBe(404);
  });

  it("those who sync hear of it once everything is there, and at its time in the ledger", async () => {
    await startLoading(reason);
    const at = new Date(source.at + 1);
    change("version.revoke", first, version("2.0.0", { revoked: true, row: { updatedAt: at, statusChangedAt: at } }));
    await becomes(404, pathOf("2.0.0"));
    const since = `/v0.1/servers?updated_since=${new Date(now).toISOString()}`;
    expect((await plane.ask(since)).json().servers).toEqual([]);
    await endLoading();
    const official = { status: "deleted", updatedAt: at.toISOString() };
    expect((await plane.ask(since)).json().servers).toMatchObject([
      { server: { version: "2.0.0" }, _meta: { "io.modelcontextprotocol.registry/official": official } },
    ]);
  });

  it("what was withdrawn before the reader found out is withdrawn at once as well", async () => {
    for (let count = 0; count < 20; count++) source.append(null, "session.start");
    await plane.start();
    hold();
    source.away = true;
    source.cut(15);
    change("version.revoke", first, version("2.0.0", { revoked: true }));
    for (let count = 0; count < 700; count++) source.append(null, "session.end");
    source.away = false;
    await becomes(404, pathOf("2.0.0"));
    expect(plane.health().loads).toBe(1);
  });

  it("only that one is followed so", async () => {
    await startLoading(reason);
    change("version.revoke", first, version("2.0.0", { revoked: true }));
    await becomes(404, pathOf("2.0.0"));
    await endLoading();
    hold();
    reasons["keys were rotated"]();
    await loadingIsHeld();
    change("version.countersign", first, version("2.0.0", { revoked: true }), third);
    await becomes(200, pathOf("3.0.0"));
    expect(plane.health().loads).toBe(2);
  });

  it("servers nobody sees are not read", async () => {
    await startLoading(reason);
    const reads = vi.spyOn(source, "loadServer");
    source.append("io.acme/unknown");
    change("version.revoke", first, version("2.0.0", { revoked: true }));
    await becomes(404, pathOf("2.0.0"));
    expect(reads.mock.calls).toEqual([[name]]);
  });
});

it("a version revoked during the first load is never shown", async () => {
  hold();
  const started = plane.start();
  await loadingIsHeld();
  change("version.revoke", first, version("2.0.0", { revoked: true }));
  const seen = watch(pathOf("2.0.0"));
  release();
  await started;
  expect(seen.length).toBeGreaterThan(2);
  expect(new Set(seen)).toEqual(new Set([503]));
  expect(await statusOf(pathOf("2.0.0"))).toBe(404);
});

it("a load that fails gives nothing back, and another follows", async () => {
  await startLoading("keys were rotated");
  change("version.revoke", first, version("2.0.0", { revoked: true }));
  await becomes(404, pathOf("2.0.0"));
  const loads = vi.spyOn(source, "loadSnapshot").mockRejectedValueOnce(new Error("connection refused"));
  const seen: number[] = [];
  let failed = false;
  beforeRead = async (read) => {
    seen.push(await statusOf(pathOf("2.0.0")));
    if (failed || read !== "row") return;
    failed = true;
    throw new Error("Connection terminated unexpectedly");
  };
  await endLoading();
  expect(loads).toHaveBeenCalledTimes(2);
  expect(new Set(seen)).toEqual(new Set([404]));
});
