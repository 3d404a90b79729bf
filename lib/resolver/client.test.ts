import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fetchCatalog, fetchEntry, fetchManifestText, fetchVersions, isOpenToVisitors } from "#lib/resolver/client.ts";
import { channelRow } from "#lib/resolver/testing/channels.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, makeVersion, manifestBytes } from "#lib/resolver/testing/registry.ts";

const settings = vi.hoisted(() => ({
  readAddress: "",
  publicUrl: "https://registry.example.com",
  readSecret: "s3cret",
}));
vi.mock("#lib/config/index.ts", () => ({ config: () => settings }));

const registry = makeRegistry();
const name = "io.acme/weather";
let plane: TestPlane;

beforeAll(async () => {
  const source = new MemorySource().set(
    name,
    makeVersion(registry, { name, version: "1.0.0+a b", title: "Weather" }),
    makeVersion(registry, { name, version: "2.0.0", revoked: true }),
  );
  for (const id of ["a", "b"]) {
    source.set(`io.acme/${id}`, makeVersion(registry, { name: `io.acme/${id}`, version: "1.0.0" }));
  }
  plane = await listenPlane({ registry, source, anonymous: false, internalSecret: settings.readSecret });
  await plane.start();
  settings.readAddress = `127.0.0.1:${plane.port}`;
});
afterAll(() => plane.close());

const names = (entries: { manifest: { name: string } }[]) => entries.map(({ manifest }) => manifest.name);

it("reads the catalogue page by page", async () => {
  const first = await fetchCatalog({ limit: 2 });
  expect([names(first.entries), first.count]).toEqual([["io.acme/a", "io.acme/b"], 2]);
  const second = await fetchCatalog({ limit: 2, cursor: String(first.nextCursor) });
  expect([names(second.entries), second.nextCursor]).toEqual([[name], null]);
  expect(names((await fetchCatalog({ search: "weather & more" })).entries)).toEqual([]);
  expect(names((await fetchCatalog({ search: "WEATHER" })).entries)).toEqual([name]);
});

it("reads a server and its versions as views", async () => {
  const [entry, ...rest] = await fetchVersions(name);
  expect(rest).toEqual([]);
  expect(entry).toMatchObject({
    manifest: { name, version: "1.0.0+a b", title: "Weather", packages: [] },
    official: { status: "active", isLatest: true },
    approval: { approval: { round: 1 }, surface: { status: "not-captured" } },
  });
  expect(await fetchEntry(name, "1.0.0+a b")).toEqual(entry);
  expect(await fetchEntry(name, "latest")).toEqual(entry);
});

it("shows hidden versions only when asked", async () => {
  expect(await fetchEntry(name, "2.0.0")).toBeNull();
  expect((await fetchEntry(name, "2.0.0", { includeDeleted: true }))?.official.status).toBe("deleted");
  expect(await fetchVersions(name, { includeDeleted: true })).toHaveLength(2);
  expect(await fetchVersions("io.acme/never")).toEqual([]);
  expect(await fetchEntry("../../health", "..")).toBeNull();
});

it("reads the manifest as it was signed, and nothing for another digest", async () => {
  const digest = (await fetchEntry(name, "latest"))?.approval.manifest.digest ?? "";
  expect(await fetchManifestText(digest)).toBe(
    manifestBytes({ name, version: "1.0.0+a b", title: "Weather" }).toString(),
  );
  expect(await fetchManifestText(`sha256:${"0".repeat(64)}`)).toBeNull();
  expect(await fetchManifestText("../../health")).toBeNull();
});

describe("refusals", () => {
  it("keep the code the read plane gave", async () => {
    await expect(fetchCatalog({ cursor: "nonsense" })).rejects.toMatchObject({ code: "bad-request" });
    await expect(fetchCatalog({ limit: 1000 })).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("are unavailable when nobody answers", async () => {
    const address = settings.readAddress;
    settings.readAddress = "127.0.0.1:1";
    await expect(fetchEntry(name, "latest")).rejects.toMatchObject({ code: "unavailable" });
    settings.readAddress = address;
  });
});

describe("for a visitor", () => {
  it("refuses where the default channel is not open to everybody", async () => {
    await expect(fetchCatalog({ visitor: true })).rejects.toMatchObject({ code: "forbidden" });
    expect(await isOpenToVisitors()).toBe(false);
  });

  it("shows what the default channel shows, everywhere", async () => {
    const source = new MemorySource().set("io.acme/a", makeVersion(registry, { name: "io.acme/a", version: "1.0.0" }));
    source.set(name, makeVersion(registry, { name, version: "1.0.0" }));
    const selection = { include: [{ server: "io.acme/a" }], exclude: [] };
    source.access.channels = [channelRow("default", { selection })];
    const other = await listenPlane({ registry, source, internalSecret: settings.readSecret });
    await other.start();
    const address = settings.readAddress;
    settings.readAddress = `127.0.0.1:${other.port}`;
    const visitor = true;
    expect(await isOpenToVisitors()).toBe(true);
    expect(names((await fetchCatalog()).entries)).toEqual(["io.acme/a", name]);
    expect(names((await fetchCatalog({ visitor })).entries)).toEqual(["io.acme/a"]);
    expect(await fetchEntry(name, "latest", { visitor })).toBeNull();
    expect(await fetchVersions(name, { visitor, includeDeleted: true })).toEqual([]);
    const digest = (await fetchEntry(name, "latest"))?.approval.manifest.digest ?? "";
    expect(await fetchManifestText(digest)).not.toBeNull();
    expect(await fetchManifestText(digest, { visitor })).toBeNull();
    settings.readAddress = address;
    await other.close();
  });

  it("is closed when the default channel is not there", async () => {
    const source = new MemorySource();
    source.access.channels = [channelRow("default", { disabled: true })];
    const other = await listenPlane({ registry, source, internalSecret: settings.readSecret });
    await other.start();
    const address = settings.readAddress;
    settings.readAddress = `127.0.0.1:${other.port}`;
    expect(await isOpenToVisitors()).toBe(false);
    settings.readAddress = address;
    await other.close();
  });
});

it("asks by the public host name", async () => {
  const seen: IncomingMessage[] = [];
  const server = createServer((req, res) => {
    seen.push(req);
    res.writeHead(404).end("{}");
  }).listen(0, "::1");
  await once(server, "listening");
  const address = settings.readAddress;
  settings.readAddress = `[::1]:${(server.address() as AddressInfo).port}`;
  expect(await fetchEntry(name, "latest")).toBeNull();
  settings.readAddress = address;
  expect(seen[0]?.headers).toMatchObject({ host: "registry.example.com", "x-countersign-internal": "s3cret" });
  server.closeAllConnections();
  server.close();
});
