import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createToken } from "#lib/access/index.ts";
import { mintSecret } from "#lib/access/tokens/secret.ts";
import type { PersonActor } from "#lib/core/context.ts";
import { sha256Hex } from "#lib/core/digest.ts";
import { DomainError } from "#lib/core/errors.ts";
import { db } from "#lib/db/client.ts";
import { ApiLimits } from "#lib/http/api-limits.ts";
import { localHeader } from "#lib/http/forwarded.ts";
import { anyInput, replyCreated, route, unknownRoute } from "#lib/http/index.ts";
import { rateLimitedRequests } from "#lib/metrics/index.ts";
import { createCtx, createPerson } from "#lib/testing/actors.ts";
import { openApiSession } from "#lib/testing/api-call.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/database.ts";
import { callHandler, type HandlerCall } from "#lib/testing/handler-call.ts";
import { readTableContents } from "#lib/testing/table-contents.ts";

const perMinute = 80;
const tokenPerMinute = 5;
const clock = { now: 0 };
let database: TestDatabase;
let person: PersonActor;
let session: string;
let runs = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  person = await createPerson({}, new Date());
  session = await openApiSession(person);
});
afterAll(() => database.drop());
beforeEach(() => {
  clock.now = 0;
  runs = 0;
  const limits = new ApiLimits({ perMinute, tokenPerMinute, clock: () => clock.now });
  Object.assign(globalThis, { countersignApiLimits: limits });
});

const run = async () => {
  runs++;
  return {};
};
const refuse = (error: Error) => route({ caller: "anyone", input: anyInput, run: () => Promise.reject(error) });
const open = route({ caller: "anyone", input: anyInput, run });
const closed = route({ caller: "authenticated", input: anyInput, run });

const from = (address: string, call: HandlerCall = {}): HandlerCall => ({
  ...call,
  headers: { "x-forwarded-for": address, ...call.headers },
});
const home = "203.0.113.9";
const elsewhere = "203.0.113.10";
const wrong = () => mintSecret("cst").secret;
const standing = ({ headers }: { headers: Headers }) => [headers.get("ratelimit-policy"), headers.get("ratelimit")];
const left = (remaining: number) => [`"address";q=${perMinute};w=60`, `"address";r=${remaining};t=60`];
const leftOfToken = (remaining: number) => [`"token";q=${tokenPerMinute};w=60`, `"token";r=${remaining};t=60`];

async function askOften(times: number, call: () => HandlerCall, handler = open): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) statuses.push((await callHandler(handler, call())).status);
  return statuses;
}

async function makeToken(): Promise<string> {
  const ctx = createCtx({ ...person, authenticatedAt: new Date() }, { now: () => new Date() });
  return (await createToken(ctx, { label: "x", scopes: ["read"], namespaces: ["*"], expiresInDays: 1 })).secret;
}

it("every answer says where the caller stands and takes one, refusals and failures too", async () => {
  const created = route({ caller: "anyone", input: anyInput, run, reply: replyCreated });
  const answers = [
    [200, open, {}],
    [201, created, {}],
    [401, closed, {}],
    [400, open, { body: "{", headers: { "content-type": "application/json" } }],
    [415, open, { body: "a=1", headers: { "content-type": "text/plain" } }],
    [404, refuse(new DomainError("not-found", "No.")), {}],
    [401, open, { bearer: "cst_nonsense" }],
    [401, open, { headers: { authorization: "Basic YTpi" } }],
  ] as const;
  for (const [at, [status, handler, call]] of answers.entries()) {
    const answer = await callHandler(handler, from(home, call));
    expect([answer.status, standing(answer)]).toEqual([status, left(perMinute - 1 - at)]);
  }
});

describe("an address that names nothing", () => {
  const unknown = unknownRoute();

  it("is a problem document that counts as any other answer, whatever the method and body", async () => {
    const calls = [
      {},
      { body: "not JSON", headers: { "content-type": "text/plain" } },
      { method: "DELETE" },
    ] satisfies HandlerCall[];
    for (const [at, call] of calls.entries()) {
      const answer = await callHandler(unknown, from(home, call));
      expect([answer.status, answer.body.code, standing(answer)]).toEqual([404, "not-found", left(perMinute - 1 - at)]);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.body.requestId).toBe(answer.headers.get("x-request-id"));
    }
    const answer = await callHandler(unknown, from(home, { bearer: session }));
    expect([answer.status, standing(answer)]).toEqual([404, leftOfToken(tokenPerMinute - 1)]);
  });

  it("tells wrong bearers from valid ones no more than others do", async () => {
    const answers = [
      await callHandler(unknown, from(home, { bearer: wrong() })),
      await callHandler(open, from(home, { bearer: wrong() })),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(2).fill([401, "unauthenticated"]));
  });

  it("is refused like others once the network has none left", async () => {
    await askOften(perMinute, () => from(home), unknown);
    const before = rateLimitedRequests("address").value;
    expect((await callHandler(unknown, from(home))).status).toBe(429);
    expect((await callHandler(open, from(home))).status).toBe(429);
    expect(rateLimitedRequests("address").value).toBe(before + 2);
  });
});

describe("a network that has none left", () => {
  it("is refused with the time to come back, nothing is run, and nobody else notices", async () => {
    expect(new Set(await askOften(perMinute, () => from(home)))).toEqual(new Set([200]));
    const before = [rateLimitedRequests("address").value, runs];
    clock.now = 20_000;
    const refused = await callHandler(open, from(home));
    expect([refused.status, refused.body.code, refused.headers.get("retry-after")]).toEqual([
      429,
      "rate-limited",
      "40",
    ]);
    expect(standing(refused)).toEqual([left(0)[0], '"address";r=0;t=40']);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect([rateLimitedRequests("address").value, runs]).toEqual([(before[0] ?? 0) + 1, before[1]]);
    expect((await callHandler(open, from(elsewhere))).status).toBe(200);
    clock.now = 60_000;
    expect((await callHandler(open, from(home))).status).toBe(200);
  });

  it("is the /64 of an IPv6 address, and one nobody named", async () => {
    await askOften(perMinute, () => from("2001:db8:1:2::1"));
    expect((await callHandler(open, from("2001:db8:1:2:ffff::2"))).status).toBe(429);
    expect((await callHandler(open, from("2001:db8:1:3::1"))).status).toBe(200);
    await askOften(perMinute, () => from("not an address"));
    expect((await callHandler(open, from("not one either"))).status).toBe(429);
  });
});

describe("who has valid credentials", () => {
  it("has a quota of their own, wherever they come from: each token, and each person with all sessions", async () => {
    const token = await makeToken();
    const sessions = [session, await openApiSession(person)];
    for (let at = 0; at < tokenPerMinute; at++) {
      const address = `198.51.100.${at}`;
      const answers = [
        await callHandler(closed, from(address, { bearer: token })),
        await callHandler(closed, from(address, { bearer: sessions[at % 2] as string })),
      ];
      for (const answer of answers) {
        expect([answer.status, standing(answer)]).toEqual([200, leftOfToken(tokenPerMinute - 1 - at)]);
      }
    }
    const before = runs;
    for (const bearer of [token, ...sessions]) {
      const refused = await callHandler(closed, from(elsewhere, { bearer, body: "not read" }));
      expect([refused.status, standing(refused)]).toEqual([429, leftOfToken(0)]);
    }
    expect(runs).toBe(before);
    await db().token.updateMany({ where: { tokenHash: sha256Hex(token) }, data: { revokedAt: new Date() } });
    const contents = await readTableContents();
    expect((await callHandler(closed, from(elsewhere, { bearer: token }))).status).toBe(429);
    expect(await readTableContents(), "nothing is looked up for who has none left").toEqual(contents);
    expect(standing(await callHandler(open, from(elsewhere)))).toEqual(left(perMinute - 1));
    expect((await callHandler(closed, from(elsewhere, { bearer: await makeToken() }))).status).toBe(200);
  });

  it("does not feel that their network has none left", async () => {
    await callHandler(closed, from(home, { bearer: session }));
    await askOften(perMinute + 1, () => from(home));
    const answer = await callHandler(closed, from(home, { bearer: session }));
    expect([answer.status, standing(answer)]).toEqual([200, leftOfToken(tokenPerMinute - 2)]);
  });
});

describe("wrong bearers", () => {
  const failed = ['"failed-credentials";q=60;w=60', '"failed-credentials";r=0;t=60'];

  it("are refused after sixty without being looked up, until the minute ends", async () => {
    expect(new Set(await askOften(60, () => from(home, { bearer: wrong() }), closed))).toEqual(new Set([401]));
    const before = await readTableContents();
    for (const call of [{ bearer: wrong() }, { headers: { authorization: "Basic x" } }]) {
      const refused = await callHandler(closed, from(home, call));
      expect([refused.status, standing(refused)]).toEqual([429, failed]);
      expect(refused.headers.has("www-authenticate")).toBe(false);
    }
    expect(await readTableContents()).toEqual(before);
    expect((await callHandler(closed, from(elsewhere, { bearer: wrong() }))).status).toBe(401);
    clock.now = 60_000;
    expect((await callHandler(closed, from(home, { bearer: wrong() }))).status).toBe(401);
  });

  it("do not hold back bearers that were valid lately, only those never seen, and nobody without any", async () => {
    const token = await makeToken();
    await callHandler(closed, from(elsewhere, { bearer: session }));
    await askOften(60, () => from(home, { bearer: wrong() }), closed);
    expect((await callHandler(closed, from(home, { bearer: session }))).status).toBe(200);
    expect((await callHandler(closed, from(home, { bearer: token }))).status).toBe(429);
    expect((await callHandler(closed, from(elsewhere, { bearer: token }))).status).toBe(200);
    expect((await callHandler(closed, from(home, { bearer: token }))).status).toBe(200);
    expect((await callHandler(open, from(home))).status).toBe(200);
  });

  it("are not looked up either when they were valid before", async () => {
    const bearer = await makeToken();
    expect((await callHandler(closed, from(home, { bearer }))).status).toBe(200);
    await db().token.updateMany({ where: { tokenHash: sha256Hex(bearer) }, data: { revokedAt: new Date() } });
    await askOften(60, () => from(home, { bearer }), closed);
    const before = await readTableContents();
    expect(await askOften(3, () => from(home, { bearer }), closed)).toEqual([429, 429, 429]);
    expect(await readTableContents()).toEqual(before);
  });
});

it("whoever is on this machine is not counted and told nothing of limits", async () => {
  const local = (call: HandlerCall = {}) => from("127.0.0.1", { ...call, headers: { [localHeader]: "1" } });
  expect(new Set(await askOften(perMinute + 20, () => local()))).toEqual(new Set([200]));
  expect(new Set(await askOften(61, () => local({ bearer: wrong() }), closed))).toEqual(new Set([401]));
  const statuses = await askOften(tokenPerMinute + 1, () => local({ bearer: session }), closed);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(standing(await callHandler(open, local()))).toEqual([null, null]);
  expect(standing(await callHandler(open, from("127.0.0.1")))).toEqual(left(perMinute - 1));
});

it("0 is no limit", async () => {
  Object.assign(globalThis, { countersignApiLimits: new ApiLimits({ perMinute: 0, tokenPerMinute: 0 }) });
  for (const call of [from(home), from(home, { bearer: session })]) {
    const answer = await callHandler(open, call);
    expect([answer.status, standing(answer)]).toEqual([200, [null, null]]);
  }
  expect(new Set(await askOften(70, () => from(home, { bearer: "cst_x" })))).toEqual(new Set([401]));
});
