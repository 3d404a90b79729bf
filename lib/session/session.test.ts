import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { endSession, getInstanceSecret } from "#lib/access/index.ts";
import { closeDb } from "#lib/db/client.ts";
import { toFormCookie, toSessionCookie } from "#lib/session/cookie.ts";
import { currentActor, pageCtx } from "#lib/session/current-actor.ts";
import { toSignInRefusal } from "#lib/session/sign-in-result.ts";
import { createCtx, createPerson } from "#lib/testing/actors.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { provideInstanceSecret } from "#lib/testing/instance-secret.ts";

const request = vi.hoisted(() => ({ headers: new Headers(), cookies: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => request.headers,
  cookies: async () => ({
    get: (name: string) => (request.cookies.has(name) ? { value: request.cookies.get(name) } : undefined),
  }),
}));

const removeSecret = provideInstanceSecret();
const name = "countersign.session";
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  removeSecret();
});
beforeEach(() => {
  request.cookies.clear();
  request.headers = new Headers({ "x-forwarded-for": "192.0.2.1", "x-request-id": "chosen" });
});

const seal = (claims: object, secret = getInstanceSecret()) => encode({ token: { ...claims }, secret });

describe("the actor of a page", () => {
  it("is the person of the session the cookie names", async () => {
    const person = await createPerson({}, new Date());
    request.cookies.set(name, await seal({ sid: person.sessionId }));
    const ctx = await pageCtx();
    expect(ctx.actor).toMatchObject({ kind: "person", personId: person.personId });
    expect(ctx.address).toBe("192.0.2.1");
    expect(ctx.requestId).not.toBe("chosen");
  });

  it("is nobody once the session ended, however good the cookie", async () => {
    const person = await createPerson({}, new Date());
    request.cookies.set(name, await seal({ sid: person.sessionId }));
    await endSession(createCtx(person, { now: () => new Date() }), { session: "current" });
    expect(await currentActor()).toEqual({ kind: "anonymous" });
  });

  it.each([
    ["no cookie", async () => null],
    ["text", async () => "x"],
    ["another secret", async () => seal({ sid: crypto.randomUUID() }, "another secret, of another instance")],
    ["no session id", async () => seal({})],
    ["an unknown session", async () => seal({ sid: crypto.randomUUID() })],
    ["a session id that is none", async () => seal({ sid: "' OR 1=1" })],
  ])("is nobody for %s", async (_what, make) => {
    const cookie = await make();
    if (cookie !== null) request.cookies.set(name, cookie);
    expect(await currentActor()).toEqual({ kind: "anonymous" });
  });

  it.each(["10.0.0.1, 192.0.2.1", "not an address", ""])("has no address for %j", async (value) => {
    request.headers.set("x-forwarded-for", value);
    expect((await pageCtx()).address).toBeNull();
  });
});

describe("while the database does not answer", () => {
  beforeAll(async () => {
    await closeDb();
    process.env.DATABASE_URL = "postgresql://app:hunter2@127.0.0.1:1/registry";
  });
  afterAll(async () => {
    await closeDb();
    process.env.DATABASE_URL = database.appUrl;
  });

  it("nobody is taken for a stranger: the page fails, so marked that its error page can say why", async () => {
    request.cookies.set(name, await seal({ sid: crypto.randomUUID() }));
    await expect(pageCtx()).rejects.toMatchObject({ code: "unavailable", digest: "unavailable" });
    await expect(currentActor()).rejects.toMatchObject({ code: "P1001" });
  });

  it("strangers are known as such without it", async () => {
    expect((await pageCtx()).actor).toEqual({ kind: "anonymous" });
  });
});

describe("cookies", () => {
  it("are bound to the host behind https", () => {
    for (const cookie of [toSessionCookie("https://r.example"), toFormCookie("https://r.example", "csrf")]) {
      expect(cookie.name).toMatch(/^__Host-/);
      expect(cookie.options).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
    }
  });

  it("work on loopback without", () => {
    expect(toSessionCookie("http://localhost:3000")).toMatchObject({
      name,
      options: { secure: false, httpOnly: true },
    });
  });
});

it("tells a page only refusals it knows", () => {
  expect(toSignInRefusal("totp-required")).toBe("totp-required");
  expect(toSignInRefusal("<script>")).toBe("unavailable");
  expect(toSignInRefusal(null)).toBe("unavailable");
});
