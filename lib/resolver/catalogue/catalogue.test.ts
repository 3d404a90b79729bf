import { beforeEach, describe, expect, it } from "vitest";
import { Catalogue } from "#lib/resolver/catalogue/catalogue.ts";
import type { Entry } from "#lib/resolver/catalogue/entry.ts";
import { approvalMetaOf, namedDigests } from "#lib/resolver/catalogue/signed-head.ts";
import { verifyVersion } from "#lib/resolver/catalogue/verified-version.ts";
import { entriesAfter } from "#lib/resolver/http/walk.ts";
import type { BlobKind } from "#lib/resolver/source.ts";
import { day, makeRegistry, makeVersion, now, type VersionOptions } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const everything = { search: null, version: null, updatedSince: null, includeDeleted: true };
const name = "io.acme/weather";
const verified = (options: Omit<VersionOptions, "name"> & { name?: string }) =>
  verifyVersion(options.name ?? name, makeVersion(registry, { name, ...options }), registry);
const until = (time: number) => ({ approval: { expiresAt: new Date(time).toISOString() } });

let catalogue: Catalogue;
beforeEach(() => {
  catalogue = new Catalogue(now);
});
const latest = () => catalogue.find(name)?.latest?.facts.version ?? null;
const listed = (after: { name: string; version: string } | null = null) =>
  [...entriesAfter(catalogue, { after, filter: everything, until: null })].map(
    (entry) => `${entry.facts.name}@${entry.facts.version}`,
  );

describe("latest", () => {
  it.each([
    [["1.9.0", "1.10.0"], "1.10.0"],
    [["2.0.0-rc.1", "1.0.0"], "2.0.0-rc.1"],
    [["1.0.0", "1.0.0-rc.1"], "1.0.0"],
    [["1.0.0", "snapshot"], "1.0.0"],
  ])("of %j is %s", (versions, expected) => {
    catalogue.put(
      name,
      versions.map((version) => verified({ version })),
    );
    expect(latest()).toBe(expected);
  });

  it("of equal versions is the one approved first", () => {
    const early = { approvedAt: "2026-03-01T00:00:00.000Z" };
    catalogue.put(name, [verified({ version: "1.0.0+a" }), verified({ version: "1.0.0+b", approval: early })]);
    expect(latest()).toBe("1.0.0+b");
  });

  it("is never a hidden version", () => {
    catalogue.put(name, [
      verified({ version: "3.0.0", revoked: true }),
      verified({ version: "2.0.0", row: { state: "quarantined" } }),
      verified({ version: "1.0.0", row: { deprecated: true } }),
    ]);
    expect(latest()).toBe("1.0.0");
    const statuses = catalogue.find(name)?.entries.map((entry) => [entry.status, entry.isLatest]);
    expect(statuses).toEqual([
      ["deprecated", true],
      ["deleted", false],
      ["deleted", false],
    ]);
  });
});

describe("the clock", () => {
  beforeEach(() => {
    catalogue.put(name, [verified({ version: "1.0.0" }), verified({ version: "2.0.0", ...until(now + day) })]);
  });
  const statuses = () => catalogue.find(name)?.entries.map((entry) => entry.status);

  it("hides at the very millisecond of expiry and moves latest back", () => {
    catalogue.at(now + day - 1);
    expect([latest(), statuses()]).toEqual(["2.0.0", ["active", "active"]]);
    catalogue.at(now + day);
    expect([latest(), statuses()]).toEqual(["1.0.0", ["active", "deleted"]]);
    const expired = catalogue.find(name)?.entries[1];
    expect(JSON.parse(expired?.body.toString() ?? "")._meta["io.modelcontextprotocol.registry/official"]).toEqual({
      status: "deleted",
      statusChangedAt: "2026-06-02T12:00:00.000Z",
      statusMessage: "The approval expired at 2026-06-02T12:00:00.000Z.",
      publishedAt: "2026-05-22T12:00:00.000Z",
      updatedAt: "2026-05-22T12:00:00.000Z",
      isLatest: false,
    });
  });

  it("moves latest at once, but for those who follow changes with the ledger", () => {
    const flags = (entries: readonly Entry[] = []) => entries.map(({ status, isLatest }) => [status, isLatest]);
    catalogue.at(now + day);
    const shelf = catalogue.find(name);
    expect(flags(shelf?.entries)).toEqual([
      ["active", true],
      ["deleted", false],
    ]);
    expect(flags(shelf?.recorded)).toEqual([
      ["active", false],
      ["deleted", false],
    ]);
    const recorded = { ...until(now + day), row: { expiredRound: 1 } };
    catalogue.put(name, [verified({ version: "1.0.0" }), verified({ version: "2.0.0", ...recorded })]);
    expect(flags(catalogue.find(name)?.recorded)).toEqual(flags(shelf?.entries));
  });

  it("cannot show again what the ledger says has expired", () => {
    catalogue.put(name, [verified({ version: "2.0.0", ...until(now + day), row: { expiredRound: 1 } })]);
    expect([latest(), statuses()]).toEqual([null, ["deleted"]]);
  });

  it("shows again when it is set back", () => {
    catalogue.at(now + 200 * day);
    expect([latest(), statuses()]).toEqual([null, ["deleted", "deleted"]]);
    catalogue.at(now);
    expect([latest(), statuses()]).toEqual(["2.0.0", ["active", "active"]]);
  });

  it("gives the same entries between two expiries", () => {
    const before = catalogue.find(name)?.entries[0];
    expect(catalogue.at(now + 1).find(name)?.entries[0]).toBe(before);
  });

  it("is right for a server put in after it moved", () => {
    catalogue
      .at(now + 2 * day)
      .put("io.acme/late", [verified({ name: "io.acme/late", version: "1.0.0", ...until(now + day) })]);
    expect(catalogue.find("io.acme/late")?.latest).toBeNull();
    expect(catalogue.at(now).find("io.acme/late")?.latest?.facts.version).toBe("1.0.0");
  });
});

describe("entries", () => {
  it("come by name and version as text, from any place", () => {
    for (const server of ["b.b/two", "a.a/one", "B.b/upper"]) {
      catalogue.put(
        server,
        ["1.9.0", "1.10.0"].map((version) => verified({ name: server, version })),
      );
    }
    const all = [
      "B.b/upper@1.10.0",
      "B.b/upper@1.9.0",
      "a.a/one@1.10.0",
      "a.a/one@1.9.0",
      "b.b/two@1.10.0",
      "b.b/two@1.9.0",
    ];
    expect(listed()).toEqual(all);
    expect(listed({ name: "a.a/one", version: "1.10.0" })).toEqual(all.slice(3));
    expect(listed({ name: "a.a/one", version: "1.11.0" })).toEqual(all.slice(3));
    expect(listed({ name: "a.a/onf", version: "" })).toEqual(all.slice(4));
    expect(listed({ name: "z", version: "" })).toEqual([]);
  });

  it("are replaced as a whole and disappear with their digests", () => {
    const first = verified({ version: "1.0.0" });
    const digests = namedDigests(approvalMetaOf(first));
    const holders = (kind: BlobKind) => [...catalogue.serversOf(kind, digests[kind][0]!)];
    catalogue.put(name, [first, verified({ version: "2.0.0" })]);
    expect([holders("manifest"), holders("trusted-root")]).toEqual([[name], [name]]);
    catalogue.put(name, [verified({ version: "2.0.0" })]);
    expect(listed()).toEqual([`${name}@2.0.0`]);
    expect([holders("manifest"), holders("trusted-root")]).toEqual([[], [name]]);
    catalogue.put(name, []);
    expect([listed(), catalogue.size, catalogue.find(name)]).toEqual([[], 0, null]);
    expect(holders("trusted-root")).toEqual([]);
  });
});
