import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import {
  bundleBytes,
  makeRegistry,
  makeVersion,
  manifestBytes,
  trustRootBytes,
} from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const shown = { name: "io.acme/shown", version: "1.0.0" };
const hidden = { name: "io.acme/hidden", version: "1.0.0" };
const pending = { name: "io.acme/pending", version: "1.0.0" };
const shownRow = makeVersion(registry, shown);
const hiddenRow = makeVersion(registry, { ...hidden, revoked: true });
const source = new MemorySource()
  .set(shown.name, shownRow)
  .set(hidden.name, hiddenRow)
  .set(pending.name, makeVersion(registry, { ...pending, row: { state: "pending", approvals: [], round: 0 } }));
let plane: TestPlane;

beforeAll(async () => {
  plane = await listenPlane({ registry, source });
  await plane.start();
});
afterAll(() => plane.close());

const urlOf = (kind: string, bytes: Uint8Array) => `/v0.1/x/countersign/${kind}/${digestOf(bytes)}`;
const approvalOf = (row: typeof shownRow) => row.approvals.at(-1)?.bundle ?? new Uint8Array();

describe("raw bytes", () => {
  it.each([
    ["manifest", manifestBytes(shown)],
    ["bundle", bundleBytes(shown.name, shown.version)],
    ["approval", approvalOf(shownRow)],
    ["trusted-root", trustRootBytes],
  ])("of a %s come exactly as stored, and nothing may run them", async (kind, bytes) => {
    const { status, headers, body } = await plane.ask(urlOf(kind, bytes));
    expect(status).toBe(200);
    expect(body).toEqual(Buffer.from(bytes));
    expect(headers).toMatchObject({
      etag: `"${digestOf(bytes)}"`,
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    });
    const again = await plane.ask(urlOf(kind, bytes), { headers: { "if-none-match": `"${digestOf(bytes)}"` } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it.each([
    ["manifest", manifestBytes(hidden)],
    ["bundle", bundleBytes(hidden.name, hidden.version)],
    ["approval", approvalOf(hiddenRow)],
  ])("of a revoked version's %s come only when deleted ones are asked for", async (kind, bytes) => {
    expect((await plane.ask(urlOf(kind, bytes))).status).toBe(404);
    expect((await plane.ask(`${urlOf(kind, bytes)}?include_deleted=true`)).body).toEqual(Buffer.from(bytes));
  });

  it.each([
    ["manifest", manifestBytes(pending)],
    ["bundle", bundleBytes(pending.name, pending.version)],
    ["manifest", Buffer.from("never seen")],
    ["bundle", manifestBytes(shown)],
    ["approval", hiddenRow.approvals[0]?.bundle ?? new Uint8Array()],
  ])("of what is not shown (%s) are 404 even when deleted ones are asked for", async (kind, bytes) => {
    const { status, json } = await plane.ask(`${urlOf(kind, bytes)}?include_deleted=true`);
    expect([status, json().detail]).toEqual([404, "Nothing shown here has this digest."]);
  });
});

describe("when the source fails", () => {
  it("manifests still come from memory and the rest is 503", async () => {
    source.away = true;
    try {
      expect((await plane.ask(urlOf("manifest", manifestBytes(shown)))).status).toBe(200);
      const { status, headers } = await plane.ask(urlOf("approval", approvalOf(shownRow)));
      expect([status, headers["retry-after"]]).toEqual([503, "2"]);
    } finally {
      source.away = false;
    }
  });

  it("bytes that do not have the digest are never sent", async () => {
    const swapped = new MemorySource().set(shown.name, shownRow);
    swapped.readBlob = async () => Buffer.from("other bytes");
    const other = await listenPlane({ registry, source: swapped });
    await other.start();
    const { status, body } = await other.ask(urlOf("approval", approvalOf(shownRow)));
    expect(status).toBe(503);
    expect(body.toString()).not.toContain("other bytes");
    await other.close();
  });
});
