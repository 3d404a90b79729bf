import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createToken } from "#lib/access/index.ts";
import { db } from "#lib/db/client.ts";
import type { RouteHandler } from "#lib/http/index.ts";
import { createCtx, createPerson } from "#lib/testing/actors.ts";
import { openApiSession } from "#lib/testing/api-call.ts";
import { plantServer } from "#lib/testing/channels.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";
import { GET as exportAll } from "./export/route.ts";
import { GET as list } from "./route.ts";

const now = new Date();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await plantServer("com.acme/weather");
  const { id } = await db().channel.findFirstOrThrow();
  const row = { day: now, lastAt: now, channelId: id, name: "com.acme/weather", version: "1.0.0", count: 3n };
  await db().resolution.createMany({ data: ["", "token:a", "token:b"].map((reader) => ({ ...row, reader })) });
});
afterAll(() => database.drop());

const bearers: Record<string, () => Promise<string | null>> = {
  nobody: async () => null,
  member: () => session({}),
  publisher: () => session({ grants: [["publisher", "com.acme"]] }),
  "reviewer elsewhere": () => session({ grants: [["reviewer", "com.other"]] }),
  reviewer: () => session({ grants: [["reviewer", "com.acme"]] }),
  owner: () => session({ owns: ["com.acme"] }),
  auditor: () => session({ grants: [["auditor", "*"]] }),
  admin: () => session({ grants: [["admin", "*"]] }),
  "auditing token": () => token(["audit"]),
  "reading token": () => token(["read"]),
};

async function session(given: Parameters<typeof createPerson>[0]): Promise<string> {
  return openApiSession(await createPerson(given, now));
}

async function token(scopes: string[]): Promise<string> {
  const auditor = await createPerson({ grants: [["auditor", "*"]] }, now);
  const ctx = createCtx(auditor, { now: () => new Date() });
  return (await createToken(ctx, { label: "x", scopes, namespaces: ["*"], expiresInDays: 1 })).secret;
}

async function ask(handler: RouteHandler, at: string, bearer: string | null): Promise<Response> {
  const url = new URL(`http://localhost:3000/api/v1/versions/com.acme/weather/${at}`);
  const [, , , , namespace = "", server = "", version = ""] = url.pathname.split("/");
  const headers = { "x-forwarded-for": "192.0.2.7", ...(bearer ? { authorization: `Bearer ${bearer}` } : {}) };
  return handler(new Request(url, { headers }), { params: Promise.resolve({ namespace, server, version }) });
}

describe("readers of a version, and their export", () => {
  it.each([
    ["nobody", 401],
    ["member", 403],
    ["publisher", 403],
    ["reviewer elsewhere", 403],
    ["reviewer", 200],
    ["owner", 200],
    ["auditor", 200],
    ["admin", 200],
    ["auditing token", 200],
    ["reading token", 403],
  ])("%s gets %i from both, and nothing is written", async (who, status) => {
    const bearer = (await bearers[who]?.()) ?? null;
    // All but what the asking itself moves: when a token or session was last seen, and the refusal chain.
    const contents = () => readTableContents("RefusalEntry", "RefusalHead", "Throttle", "Session", "Token");
    const before = await contents();
    for (const [handler, at] of [
      [list, "1.0.0/readers"],
      [exportAll, "1.0.0/readers/export"],
    ] as const) {
      const answer = await ask(handler, at, bearer);
      expect([at, answer.status]).toEqual([at, status]);
      if (status !== 200) expect(await answer.text()).not.toMatch(/Anonymous|Default|resolutions/i);
    }
    expect(await contents()).toEqual(before);
  });
});

it("the list is a page, as it was asked for", async () => {
  const bearer = (await bearers.admin?.()) ?? null;
  const answer = await ask(list, "1.0.0/readers?kind=token&limit=1&page=2", bearer);
  expect(await answer.json()).toMatchObject({ total: 2, page: 2, pages: 2, readers: [{ reader: { kind: "token" } }] });
  for (const query of ["page=0", "limit=1000", "kind=x", "unknown=1"]) {
    expect([query, (await ask(list, `1.0.0/readers?${query}`, bearer)).status]).toEqual([query, 422]);
  }
});

it("the export is a file that no cache keeps and no browser runs", async () => {
  const bearer = (await bearers.admin?.()) ?? null;
  const answer = await ask(exportAll, "1.0.0/readers/export?kind=token", bearer);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="com.acme-weather@1.0.0-readers.csv"',
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  expect((await answer.text()).split("\r\n").length).toBe(4);
  expect((await ask(exportAll, "1.0.0/readers/export?page=2", bearer)).status).toBe(422);
  expect((await ask(exportAll, "9.9.9/readers/export", bearer)).status).toBe(404);
});
