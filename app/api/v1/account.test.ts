import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createToken } from "#lib/access/index.ts";
import { hashPassword } from "#lib/access/passwords/hash.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { db } from "#lib/db/client.ts";
import type { RouteHandler } from "#lib/http/index.ts";
import { createCtx, createPerson } from "#lib/testing/actors.ts";
import { openApiSession } from "#lib/testing/api-call.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { callHandler, type HandlerCall } from "#lib/testing/handler-call.ts";
import { provideInstanceSecret } from "#lib/testing/instance-secret.ts";
import * as password from "./account/password/route.ts";
import * as confirm from "./account/totp/confirm/route.ts";
import * as totp from "./account/totp/route.ts";
import * as session from "./sessions/[id]/route.ts";
import * as sessions from "./sessions/route.ts";

const current = "four calm grey herons";
const next = "seven loud green parrots";
let database: TestDatabase;
let removeSecret: () => void;
let person: PersonActor;
let bearer: string;

beforeAll(async () => {
  removeSecret = provideInstanceSecret();
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  removeSecret();
});
/** With a browser's session and an API session. */
beforeEach(async () => {
  person = await createPerson({}, new Date());
  await db().person.update({ where: { id: person.personId }, data: { passwordHash: await hashPassword(current) } });
  bearer = await openApiSession(person);
});

const openSessions = () => db().session.count({ where: { personId: person.personId, endedAt: null } });
const stored = () => db().person.findUniqueOrThrow({ where: { id: person.personId } });

const routes: [string, RouteHandler, HandlerCall][] = [
  ["POST account/password", password.POST, { body: { current, password: next } }],
  ["POST account/totp", totp.POST, { body: {} }],
  ["POST account/totp/confirm", confirm.POST, { body: { totp: "000000" } }],
  ["DELETE account/totp", totp.DELETE, { method: "DELETE", body: { password: current, totp: "000000" } }],
  ["GET sessions", sessions.GET, {}],
  ["DELETE sessions/{id}", session.DELETE, { method: "DELETE", params: { id: "others" } }],
];

describe("one's own account", () => {
  it.each(routes)("%s: 401 for nobody, 403 for an API token, and nothing changes", async (_name, handler, call) => {
    const ctx = createCtx({ ...person, authenticatedAt: new Date() }, { now: () => new Date() });
    const { secret } = await createToken(ctx, { label: "x", scopes: ["read"], namespaces: ["*"], expiresInDays: 1 });
    const before = [await stored(), await openSessions()];
    expect((await callHandler(handler, call)).status).toBe(401);
    expect((await callHandler(handler, { ...call, bearer: secret })).status).toBe(403);
    expect([await stored(), await openSessions()]).toEqual(before);
  });

  it("a new password ends the other sessions; a wrong present one, or a weak new one, changes nothing", async () => {
    const { passwordHash } = await stored();
    const change = (body: object) => callHandler(password.POST, { bearer, body });
    expect((await change({ current: "wrong wrong wrong", password: next })).status).toBe(401);
    expect((await change({ current, password: "short" })).status).toBe(422);
    expect([(await stored()).passwordHash, await openSessions()]).toEqual([passwordHash, 2]);
    expect(await change({ current, password: next })).toMatchObject({ status: 200, body: { endedSessions: 1 } });
    expect((await stored()).passwordHash).not.toBe(passwordHash);
  });

  it("an authenticator is enrolled by a code of it, and removed by password and code", async () => {
    const { status, body } = await callHandler(totp.POST, { bearer, body: {} });
    expect(status).toBe(201);
    const codeAt = (ms: number) => new TOTP({ secret: String(body.secret) }).generate({ timestamp: Date.now() + ms });
    const wrong = codeAt(0) === "000000" ? "000001" : "000000";
    expect((await callHandler(confirm.POST, { bearer, body: { totp: wrong } })).status).toBe(422);
    expect((await stored()).totpEnabledAt).toBeNull();
    expect((await callHandler(confirm.POST, { bearer, body: { totp: codeAt(-30_000) } })).status).toBe(204);
    expect((await stored()).totpEnabledAt).not.toBeNull();
    const remove = (code: string) =>
      callHandler(totp.DELETE, { bearer, method: "DELETE", body: { password: current, totp: code } });
    expect((await remove(wrong)).status).toBe(401);
    expect((await stored()).totpEnabledAt).not.toBeNull();
    expect((await remove(codeAt(0))).status).toBe(204);
    expect((await stored()).totpEnabledAt).toBeNull();
  });

  it("sessions are listed and ended, but never somebody else's", async () => {
    const { body } = await callHandler(sessions.GET, { bearer });
    expect(body).toHaveLength(2);
    const stranger = await createPerson({}, new Date());
    await openApiSession(stranger);
    const theirs = await db().session.findFirstOrThrow({ where: { personId: stranger.personId } });
    const end = (id: string) => callHandler(session.DELETE, { bearer, method: "DELETE", params: { id } });
    expect((await end(theirs.id)).status).toBe(404);
    expect((await db().session.findUniqueOrThrow({ where: { id: theirs.id } })).endedAt).toBeNull();
    expect((await end("others")).status).toBe(204);
    expect(await openSessions()).toBe(1);
  });
});
