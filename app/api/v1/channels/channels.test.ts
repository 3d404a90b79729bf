import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createToken } from "#lib/access/index.ts";
import { createChannel } from "#lib/channels/index.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import type { RouteHandler } from "#lib/http/index.ts";
import { createCtx, createPerson } from "#lib/testing/actors.ts";
import { openApiSession } from "#lib/testing/api-call.ts";
import { everything, nothing, plantServer } from "#lib/testing/channels.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { callHandler, type HandlerCall } from "#lib/testing/handler-call.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";
import * as serverChannels from "../servers/[namespace]/[server]/channels/route.ts";
import * as serverTags from "../servers/[namespace]/[server]/tags/route.ts";
import * as versionReaders from "../versions/[namespace]/[server]/[version]/readers/route.ts";
import * as disable from "./[slug]/disable/route.ts";
import * as enable from "./[slug]/enable/route.ts";
import * as preview from "./[slug]/preview/route.ts";
import * as readers from "./[slug]/readers/route.ts";
import * as rotate from "./[slug]/rotate/route.ts";
import * as channel from "./[slug]/route.ts";
import * as secretRevoke from "./[slug]/secrets/[id]/revoke/route.ts";
import * as channels from "./route.ts";

const slug = "partner";
const at = { params: { slug } };
const draft = { slug: "fresh", label: "Fresh", audience: "anonymous", selection: everything };
const server = { params: { namespace: "com.acme", server: "weather" } };
const version = { path: "/api/v1/versions/com.acme/weather/1.0.0/readers" };
let secretId = randomUUID() as string;

/**
 * Every route: what a member without any role gets, and what an API token of an administrator and auditor gets. Calls
 * are made at the time of the test, when the secret's id is known.
 */
const routes: [string, RouteHandler, () => HandlerCall, member: number, apiToken: number][] = [
  ["GET channels", channels.GET, () => ({}), 200, 200],
  ["POST channels", channels.POST, () => ({ body: draft }), 403, 403],
  ["GET channels/{slug}", channel.GET, () => at, 403, 200],
  [
    "PATCH channels/{slug}",
    channel.PATCH,
    () => ({ ...at, method: "PATCH", body: { edition: 1, selection: nothing } }),
    403,
    403,
  ],
  ["POST preview", preview.POST, () => ({ ...at, body: { selection: nothing } }), 403, 403],
  ["POST rotate", rotate.POST, () => ({ ...at, body: { overlapHours: 0 } }), 403, 403],
  ["POST revoke", secretRevoke.POST, () => ({ params: { slug, id: secretId }, body: {} }), 403, 403],
  ["POST disable", disable.POST, () => ({ ...at, body: {} }), 403, 403],
  ["POST enable", enable.POST, () => ({ ...at, body: {} }), 403, 403],
  ["GET readers of a channel", readers.GET, () => at, 403, 200],
  ["GET readers of a version", versionReaders.GET, () => version, 403, 200],
  ["GET channels of a server", serverChannels.GET, () => server, 200, 200],
  ["PUT tags", serverTags.PUT, () => ({ ...server, method: "PUT", body: { tags: ["finance"] } }), 403, 403],
];

let database: TestDatabase;
let admin: PersonActor;
let member: PersonActor;

beforeAll(async () => {
  database = await createTestDatabase();
  const now = new Date();
  admin = await createPerson({ grants: [["admin", "*"]], name: "Ada Admin" }, now);
  member = await createPerson({}, now);
  await plantServer("com.acme/weather");
  const ctx = createCtx(admin, { now: () => new Date() });
  const made = await createChannel(ctx, { slug, label: "Partners", audience: "capability", selection: everything });
  secretId = made.secrets[0]?.id ?? "";
});
afterAll(() => database.drop());

/** All but what the asking itself moves: when a token or session was last seen, and the refusal chain. */
const contents = () => readTableContents("RefusalEntry", "RefusalHead", "Throttle", "Session", "Token");

describe("every route of channels", () => {
  it.each(routes)("%s: 401 for nobody, and nothing is written", async (_name, handler, call) => {
    const before = await contents();
    expect((await callHandler(handler, call())).status).toBe(401);
    expect(await contents()).toEqual(before);
  });

  it.each(routes)("%s: as a member without a role", async (_name, handler, call, status) => {
    const before = await contents();
    const bearer = await openApiSession(member);
    expect((await callHandler(handler, { ...call(), bearer })).status).toBe(status);
    expect(await contents()).toEqual(before);
  });

  it.each(routes)("%s: with an administrator's API token", async (_name, handler, call, _member, status) => {
    const ctx = createCtx(admin, { now: () => new Date() });
    const request = { label: "strong", scopes: ["read", "publish", "audit"], namespaces: ["*"], expiresInDays: 1 };
    const { secret } = await createToken(ctx, request);
    const before = await contents();
    expect((await callHandler(handler, { ...call(), bearer: secret })).status).toBe(status);
    expect(await contents()).toEqual(before);
  });

  it.each(routes.filter(([name]) => !/^GET|preview|disable|revoke/.test(name)))(
    "%s: needs a fresh sign-in",
    async (_name, handler, call) => {
      const before = await contents();
      const bearer = await openApiSession(admin, new Date(Date.now() - 15 * 60_000));
      const answer = await callHandler(handler, { ...call(), bearer });
      expect(answer).toMatchObject({ status: 403, body: { code: "reauthentication-required" } });
      expect(await contents()).toEqual(before);
    },
  );

  it.each(routes)("%s: no answer holds a secret or its hash", async (_name, handler, call) => {
    const stored = await db().channelSecret.findMany();
    const answer = await callHandler(handler, { ...call(), bearer: await openApiSession(member) });
    const text = JSON.stringify([answer.body, [...answer.headers]]);
    for (const { secretHash } of stored) expect(text).not.toContain(secretHash);
    expect(text).not.toMatch(/csc_[0-9A-Za-z]{7}/);
  });
});

describe("an admin by API", () => {
  const call = async (handler: RouteHandler, rest: HandlerCall) =>
    callHandler(handler, { ...rest, bearer: await openApiSession(admin) });
  let own: string;
  beforeEach(() => {
    own = `c-${randomUUID().slice(0, 8)}`;
  });

  it("makes, edits, disables and enables a channel", async () => {
    const made = await call(channels.POST, { body: { ...draft, slug: own } });
    expect(made).toMatchObject({ status: 201, body: { slug: own, edition: 1, servers: 1 } });
    expect((await call(channels.POST, { body: { ...draft, slug: own } })).status).toBe(409);
    const params = { slug: own };
    const edit = (edition: number) =>
      call(channel.PATCH, { params, method: "PATCH", body: { edition, selection: nothing } });
    expect(await edit(1)).toMatchObject({ status: 200, body: { edition: 2, servers: 0 } });
    expect(await edit(1)).toMatchObject({ status: 409, body: { code: "conflict", edition: 2 } });
    expect(await call(disable.POST, { params, body: {} })).toMatchObject({ status: 200, body: { edition: 3 } });
    expect((await call(disable.POST, { params, body: {} })).status).toBe(409);
    expect(await call(enable.POST, { params, body: {} })).toMatchObject({ status: 200, body: { disabledAt: null } });
  });

  it("cannot give the slug another way than in the address", async () => {
    await call(channels.POST, { body: { ...draft, slug: own } });
    const body = { edition: 1, label: "Renamed", slug: "default" };
    const answer = await call(channel.PATCH, { params: { slug: own }, method: "PATCH", body });
    expect(answer.body).toMatchObject({ slug: own, label: "Renamed" });
    expect((await call(channel.GET, { params: { slug: "default" } })).body).toMatchObject({ edition: 1 });
  });

  it("rotates and revokes an address, and sees it once", async () => {
    const made = await call(channels.POST, { body: { ...draft, slug: own, audience: "capability" } });
    const rotated = await call(rotate.POST, { params: { slug: own }, body: { overlapHours: 24 } });
    for (const answer of [made, rotated]) expect(answer.body.address).toMatch(/\/c\/c-[0-9a-f]{8}\/csc_/);
    const [secret] = (rotated.body.secrets as { id: string; state: string }[]).filter(
      ({ state }) => state === "ending",
    );
    const revoked = await call(secretRevoke.POST, { params: { slug: own, id: String(secret?.id) }, body: {} });
    expect(revoked).toMatchObject({ status: 200, body: { address: null } });
    expect(JSON.stringify(revoked.body)).not.toMatch(/csc_[0-9A-Za-z]{7}/);
  });

  it("tags a server, whole and in one go", async () => {
    const tags = (body: object) => call(serverTags.PUT, { ...server, method: "PUT", body });
    expect(await tags({ tags: ["b", "a"] })).toMatchObject({ status: 200, body: { tags: ["a", "b"] } });
    expect((await tags({ tags: ["B"] })).status).toBe(422);
    expect((await tags({})).status).toBe(422);
    expect((await call(serverChannels.GET, server)).body).toMatchObject({ name: "com.acme/weather", tags: ["a", "b"] });
    const elsewhere = { params: { namespace: "com.acme", server: "none" } };
    expect((await call(serverTags.PUT, { ...elsewhere, method: "PUT", body: { tags: [] } })).status).toBe(404);
  });
});
