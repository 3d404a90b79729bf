import { expect, it } from "vitest";
import { packRows, unpackRows } from "#lib/resolver/loading/packed-rows.ts";
import { packShelves, unpackShelves } from "#lib/resolver/loading/packed-shelves.ts";
import { Slabs } from "#lib/resolver/loading/slabs.ts";
import { verifyServer } from "#lib/resolver/loading/verify-server.ts";
import type { ServerRecord } from "#lib/resolver/source.ts";
import { makeRegistry, makeVersion, now } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const name = "io.acme/weather";
const rows: ServerRecord[] = [
  { name: "io.acme/empty", versions: [] },
  {
    name,
    versions: [
      makeVersion(registry, { name, version: "1.0.0" }),
      makeVersion(registry, { name, version: "2.0.0", revoked: true }),
    ],
  },
  {
    name: "io.acme/odd",
    versions: [
      {
        ...makeVersion(registry, { name, version: "1.0.0" }),
        manifest: null,
        approvals: [{ round: 1, state: "", sha256: "", bundle: null }],
      },
    ],
  },
];

it("brings rows over as they are", () => {
  expect(unpackRows(structuredClone(packRows(rows)))).toEqual(
    rows.map((server) => ({
      ...server,
      versions: server.versions.map((row) => ({
        ...row,
        manifest: row.manifest && Uint8Array.from(row.manifest),
        approvals: row.approvals.map((each) => ({ ...each, bundle: each.bundle && Uint8Array.from(each.bundle) })),
      })),
    })),
  );
});

it("uses spare memory that is large enough, and only that", () => {
  const [large, small] = [new ArrayBuffer(1_000_000), new ArrayBuffer(10)];
  expect(packRows(rows, large).bytes.buffer).toBe(large);
  expect(packRows(rows, small).bytes.buffer).not.toBe(small);
  expect(unpackRows(packRows(rows, large))).toEqual(unpackRows(packRows(rows)));
});

it("needs nothing of the rows' memory once the answers are in it", () => {
  const packed = packRows(rows, new ArrayBuffer(100_000));
  const verified = unpackRows(packed).map((server) => verifyServer(server, registry));
  const apart = unpackShelves(structuredClone(packShelves(verified, now)), new Slabs());
  const inPlace = unpackShelves(packShelves(verified, now, packed.bytes.buffer), new Slabs());
  packed.bytes.fill(0);
  expect(inPlace).toEqual(apart);
  expect(inPlace[1]?.versions[1]?.revocation?.bundle).toEqual(
    Uint8Array.from(rows[1]?.versions[1]?.approvals[1]?.bundle ?? []),
  );
});

it("hides a server of which no answer can be made, and says so", () => {
  const [, server] = rows.map((each) => verifyServer(each, registry));
  const broken = { ...server!, versions: server!.versions.map((facts) => ({ ...facts, updatedAt: 1e300 })) };
  const [loaded, other] = unpackShelves(packShelves([broken, server!], now), new Slabs());
  expect([loaded?.shelf, loaded?.versions]).toEqual([null, []]);
  expect(loaded?.refused.map(({ version, reason }) => [version, reason])).toEqual([
    ["1.0.0", expect.stringMatching(/no answer/)],
    ["2.0.0", expect.stringMatching(/no answer/)],
  ]);
  expect(other?.versions).toHaveLength(2);
});

it("keeps pieces apart, whatever their size", () => {
  const slabs = new Slabs();
  const sizes = [0, 10, 5_000_000, 3_000_000, 3_000_000, 1];
  const kept = sizes.map((size, at) => slabs.keep(new Uint8Array(size).fill(at)));
  expect(kept.map(({ length }) => length)).toEqual(sizes);
  expect(kept.map((piece, at) => piece.every((byte) => byte === at))).toEqual(sizes.map(() => true));
});
