import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeCursor } from "#lib/resolver/http/cursor.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { day, makeRegistry, makeVersion, now } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
let plane: TestPlane;

type Listed = {
  servers: { server: { name: string; version: string } }[];
  metadata: { count: number; nextCursor?: string };
};

beforeAll(async () => {
  const source = new MemorySource();
  for (const id of ["a", "b", "c"]) {
    const name = `io.acme/${id}`;
    const changed = { updatedAt: new Date(now - 2 * day) };
    source.set(
      name,
      makeVersion(registry, { name, version: "1.0.0", title: `Title ${id}`, description: "First 100%" }),
      makeVersion(registry, { name, version: "2.0.0", description: "Second_ONE", row: id === "b" ? changed : {} }),
    );
  }
  const revoked = { updatedAt: new Date(now - day) };
  source.set("io.acme/r", makeVersion(registry, { name: "io.acme/r", version: "1.0.0", revoked: true, row: revoked }));
  plane = await listenPlane({ registry, source });
  await plane.start();
});
afterAll(() => plane.close());

async function list(query: string) {
  const { json } = await plane.ask(`/v0.1/servers${query}`);
  const { servers, metadata } = json<Listed>();
  return { ids: servers.map(({ server }) => `${server.name.slice(8)}@${server.version[0]}`), metadata };
}

/** Follows cursors as a client does, sending nothing else after the first page. */
async function walk(query: string, limit: number) {
  const pages: string[][] = [];
  let next: string | undefined = query;
  while (next !== undefined) {
    const { ids, metadata } = await list(next);
    pages.push(ids);
    next = metadata.nextCursor && `?limit=${limit}&cursor=${metadata.nextCursor}`;
  }
  return pages;
}

describe("filters", () => {
  it.each([
    ["", ["a@1", "a@2", "b@1", "b@2", "c@1", "c@2"]],
    ["?version=latest", ["a@2", "b@2", "c@2"]],
    ["?version=1.0.0", ["a@1", "b@1", "c@1"]],
    ["?version=9.9.9", []],
    ["?search=ACME/b", ["b@1", "b@2"]],
    ["?search=title%20C", ["c@1"]],
    ["?search=second_o", ["a@2", "b@2", "c@2"]],
    ["?search=100%25", ["a@1", "b@1", "c@1"]],
    ["?search=second-one", []],
    [`?search=${encodeURIComponent("\u{1f600}".repeat(256))}`, []],
    ["?search=&limit=&version=&cursor=", ["a@1", "a@2", "b@1", "b@2", "c@1", "c@2"]],
    ["?updated_since=&include_deleted=", ["a@1", "a@2", "b@1", "b@2", "c@1", "c@2"]],
    ["?version=1.0.0&version=latest", ["a@1", "b@1", "c@1"]],
    ["?include_deleted=True&version=1.0.0", ["a@1", "b@1", "c@1", "r@1"]],
    ["?updated_since=2026-05-30T12:00:00Z&include_deleted=", ["r@1"]],
    ["?include_deleted=true&version=1.0.0", ["a@1", "b@1", "c@1", "r@1"]],
    ["?updated_since=2026-05-29T00:00:00Z", ["b@2", "r@1"]],
    ["?updated_since=2026-05-30T11:59:59.999Z", ["b@2", "r@1"]],
    ["?updated_since=2026-05-30T12:00:00Z", ["r@1"]],
    ["?updated_since=2026-05-30T14:00:00%2B02:00&include_deleted=true", ["r@1"]],
  ])("%s", async (query, ids) => {
    const answer = await list(query);
    expect(answer).toEqual({ ids, metadata: { count: ids.length } });
  });
});

describe("pages", () => {
  it("end without a cursor, even when the last is full", async () => {
    expect(await walk("?limit=4", 4)).toEqual([
      ["a@1", "a@2", "b@1", "b@2"],
      ["c@1", "c@2"],
    ]);
    expect(await walk("?limit=3", 3)).toEqual([
      ["a@1", "a@2", "b@1"],
      ["b@2", "c@1", "c@2"],
    ]);
  });

  it("keep their filter in the cursor, as clients drop it or send it again", async () => {
    expect(await walk("?limit=1&search=b&version=latest", 1)).toEqual([["b@2"]]);
    expect(await walk("?limit=2&version=latest", 2)).toEqual([["a@2", "b@2"], ["c@2"]]);
    expect(await walk("?limit=1&updated_since=2026-05-29T00:00:00Z", 1)).toEqual([["b@2"], ["r@1"]]);
    const { metadata } = await list("?limit=1&search=acme&version=latest");
    const again = await list(`?limit=50&version=latest&cursor=${metadata.nextCursor}`);
    expect(again.ids).toEqual(["b@2", "c@2"]);
  });
});

describe("refusals", () => {
  it.each(["0", "101", "-1", "1.5", "abc", "%20", "1e1", "99999999999"])("limit=%s is 422", async (limit) => {
    const { status, json } = await plane.ask(`/v0.1/servers?limit=${limit}`);
    expect([status, json()]).toMatchObject([422, { code: "invalid-input", errors: [{ pointer: "/limit" }] }]);
  });

  it.each([
    ["updated_since=yesterday", 400],
    ["updated_since=2026-05-30T12:00:00+02:00", 400],
    ["updated_since=2026-05-30t12:00:00z", 400],
    ["updated_since=2026-05-30T12:00:00Z&include_deleted=false", 400],
    ["updated_since=2026-05-30T12:00:00Z&include_deleted=0", 400],
    ["cursor=nonsense", 400],
    ["include_deleted=perhaps", 422],
    [`search=${"a".repeat(257)}`, 422],
    [`search=${encodeURIComponent("\u{1f600}".repeat(257))}`, 422],
    [`version=${"1".repeat(300)}`, 422],
  ])("%s is %i", async (query, status) => {
    const answer = await plane.ask(`/v0.1/servers?${query}`);
    expect([answer.status, answer.json().status]).toEqual([status, status]);
  });
});

it("a walk that began further ahead is told to come back, and whoever makes such cursors raises no alarm", async () => {
  const filter = { search: null, version: null, updatedSince: 0, includeDeleted: true };
  const cursor = encodeCursor({ after: { name: "", version: "" }, filter, until: now + 1000 * day });
  const { status, headers } = await plane.ask(`/v0.1/servers?cursor=${cursor}`);
  expect([status, headers["retry-after"], plane.events]).toEqual([503, "1", []]);
});

it("an empty catalogue is an empty list", async () => {
  const empty = await listenPlane({ registry, source: new MemorySource() });
  await empty.start();
  expect((await empty.ask("/v0.1/servers")).body.toString()).toBe('{"servers":[],"metadata":{"count":0}}');
  await empty.close();
});
