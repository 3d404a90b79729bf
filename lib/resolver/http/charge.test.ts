import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ReadLimits } from "#lib/http/rate-limits.ts";
import { bearer, inside, makeStage, rows, secrets, tokens } from "#lib/resolver/testing/channel-stage.ts";
import { type Answer, listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, makeVersion } from "#lib/resolver/testing/registry.ts";

// The caller is a proxy of ours here, since whoever else is on this machine is not counted.

const registry = makeRegistry();
const perMinute = 80;
const tokenPerMinute = 5;
const latest = `servers/${encodeURIComponent(inside)}/versions/latest`;
const entry = `/v0.1/${latest}`;
let plane: TestPlane;

beforeEach(async () => {
  const rates = new ReadLimits({ trustedProxies: ["127.0.0.1"], perMinute, tokenPerMinute, clock: () => 0 });
  plane = await listenPlane({ registry, source: makeStage(registry), rates, internalSecret: "inside" });
  await plane.start();
});
afterEach(() => plane.close());

type Asked = { method?: string; headers?: Record<string, string>; client?: string };

function ask(path: string, { method = "GET", headers = {}, client = "203.0.113.9" }: Asked = {}): Promise<Answer> {
  return plane.ask(path, { method, headers: { ...headers, "x-forwarded-for": client } });
}

async function askOften(times: number, path: string, asked: Asked = {}): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i++) statuses.push((await ask(path, asked)).status);
  return statuses;
}

const standing = ({ headers }: Answer) => [headers["ratelimit-policy"], headers.ratelimit];
const left = (remaining: number) => [`"address";q=${perMinute};w=60`, `"address";r=${remaining};t=60`];

it("every answer says where the caller stands and takes one, also from memory, unchanged, refused or moved", async () => {
  const { etag } = (await ask(entry)).headers;
  const known = await ask(entry, { headers: { "if-none-match": String(etag) } });
  expect([known.status, standing(known)]).toEqual([304, left(perMinute - 2)]);
  const rest: [number, string, Asked?][] = [
    [200, entry],
    [200, entry, { method: "HEAD" }],
    [204, entry, { method: "OPTIONS" }],
    [405, entry, { method: "DELETE" }],
    [404, "/v0.1/nothing"],
    [404, "/v0.1/servers/io.acme/never/versions"],
    [422, "/v0.1/servers?limit=0"],
    [400, "/v0.1/servers/%zz/versions"],
    [308, "/v0.1/servers/"],
    [200, "/v0.1/servers"],
    [200, "/v0.1/ping"],
    [200, "/v0.1/x/countersign/keys"],
    [200, `/c/open/v0.1/${latest}`],
    [200, `/c/sealed/${secrets.sealed}/v0.1/${latest}`],
    [401, `/c/team/v0.1/${latest}`],
    [200, "/.well-known/oauth-protected-resource/c/team/v0.1"],
  ];
  for (const [at, [status, path, asked]] of rest.entries()) {
    const answer = await ask(path, asked);
    expect([path, answer.status, standing(answer)]).toEqual([path, status, left(perMinute - 3 - at)]);
  }
});

it("who has none left is refused with the time to come back, and nobody else", async () => {
  expect(new Set(await askOften(perMinute, entry))).toEqual(new Set([200]));
  for (const path of [entry, "/v0.1/servers?limit=0", "/v0.1/ping", "/v0.1/nothing", `/c/open/v0.1/${latest}`]) {
    const refused = await ask(path);
    expect([refused.status, refused.json().code, standing(refused)]).toEqual([429, "rate-limited", left(0)]);
    expect(refused.headers).toMatchObject({
      "retry-after": "60",
      "cache-control": "no-store",
      "content-type": "application/problem+json; charset=utf-8",
      "access-control-allow-origin": "*",
      "access-control-expose-headers": expect.stringContaining("RateLimit"),
    });
    expect(refused.headers).not.toHaveProperty("etag");
  }
  const body = await ask("/v0.1/validate", { method: "POST" });
  expect([body.status, body.headers.connection]).toEqual([429, "close"]);
  expect((await ask(entry, { client: "203.0.113.10" })).status).toBe(200);
  expect((await ask("/v0.1/health")).status).toBe(200);
  expect((await ask("/v0.1/health")).headers).not.toHaveProperty("ratelimit");
  expect((await ask(entry, { headers: { "x-countersign-internal": "inside" } })).status).toBe(200);
  expect((await ask(entry, { headers: { "x-countersign-internal": "guess" } })).status).toBe(429);
  const visitor = { "x-countersign-view": "visitor" };
  expect((await ask(entry, { headers: { "x-countersign-internal": "inside", ...visitor } })).status).toBe(200);
  expect((await ask(entry, { headers: { "x-countersign-internal": "guess", ...visitor } })).status).toBe(429);
});

describe("a token that is valid", () => {
  const asked = bearer(tokens.team);
  const path = `/c/team/v0.1/${latest}`;

  it("has its own quota, from wherever it comes and whatever its network did", async () => {
    await askOften(perMinute + 1, entry);
    const clients = ["203.0.113.9", "198.51.100.1", "203.0.113.9", "198.51.100.2", "203.0.113.9"];
    for (const [at, client] of clients.entries()) {
      const answer = await ask(path, { ...asked, client });
      expect([answer.status, answer.headers.ratelimit]).toEqual([200, `"token";r=${tokenPerMinute - 1 - at};t=60`]);
    }
    const refused = await ask(path, { ...asked, client: "198.51.100.3" });
    expect([refused.status, refused.headers["ratelimit-policy"]]).toEqual([429, '"token";q=5;w=60']);
    expect(refused.headers).toMatchObject({ "retry-after": "60", vary: "Authorization" });
    expect((await ask(`/c/peers/v0.1/${latest}`, bearer(tokens.peers))).status).toBe(200);
  });

  it("counts for nothing at a channel without credentials", async () => {
    expect(standing(await ask(entry, asked))).toEqual(left(perMinute - 1));
  });
});

describe("credentials that are not valid", () => {
  const guesses: [string, string, Asked][] = [
    ["an unknown token", `/c/team/v0.1/${latest}`, { headers: { authorization: "Bearer cst_guess" } }],
    ["an expired token", `/c/team/v0.1/${latest}`, bearer(tokens.expired)],
    ["a token that may read no channel", `/c/team/v0.1/${latest}`, bearer(tokens.publishing)],
    ["another channel's token", `/c/team/v0.1/${latest}`, bearer(tokens.peers)],
    ["a wrong secret", `/c/sealed/csc_${"x".repeat(49)}/v0.1/${latest}`, {}],
    ["a channel that does not exist", `/c/nowhere/v0.1/${latest}`, {}],
  ];

  it.each(guesses)("%s: has fewer, which the valid do not feel", async (_, path, asked) => {
    const statuses = await askOften(61, path, asked);
    expect(statuses.filter((status) => status !== 429)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
    const refused = await ask(path, asked);
    expect(refused.headers["ratelimit-policy"]).toBe('"failed-credentials";q=60;w=60');
    expect(refused.headers).not.toHaveProperty("www-authenticate");
    expect((await ask(`/c/team/v0.1/${latest}`, bearer(tokens.team))).status).toBe(200);
    expect((await ask(`/c/sealed/${secrets.sealed}/v0.1/${latest}`)).status).toBe(200);
  });

  it("tell nothing by being counted: a wrong secret and an unknown channel stay alike", async () => {
    const [wrong, unknown] = [`/c/sealed/csc_${"x".repeat(49)}/v0.1/ping`, "/c/nowhere/v0.1/ping"];
    for (let i = 0; i < 62; i++) {
      const pair = [await ask(wrong, { client: "198.51.100.1" }), await ask(unknown, { client: "198.51.100.2" })];
      expect(pair[0]?.status).toBe(pair[1]?.status);
      expect(standing(pair[0] as Answer)).toEqual(standing(pair[1] as Answer));
    }
  });
});

it("nobody on this machine is counted, whatever address they claim", async () => {
  const rates = new ReadLimits({ trustedProxies: [], perMinute: 1, tokenPerMinute: 1 });
  const local = await listenPlane({ registry, source: makeStage(registry), rates });
  await local.start();
  try {
    for (let i = 0; i < 5; i++) {
      for (const [path, headers] of [
        [entry, { "x-forwarded-for": "203.0.113.9" }],
        [`/c/${rows.team.slug}/v0.1/${latest}`, bearer(tokens.team).headers],
      ] as const) {
        const answer = await local.ask(path, { headers });
        expect([answer.status, answer.headers.ratelimit]).toEqual([200, undefined]);
      }
    }
  } finally {
    await local.close();
  }
});

it("a list that looks at many servers takes as many more, but not again from memory", async () => {
  const stage = makeStage(registry);
  for (let at = 0; at < 2000; at++) {
    const name = `io.acme/many-${at}`;
    stage.set(name, makeVersion(registry, { name, version: "1.0.0" }));
  }
  const rates = new ReadLimits({ trustedProxies: ["127.0.0.1"], perMinute, tokenPerMinute, clock: () => 0 });
  await plane.close();
  plane = await listenPlane({ registry, source: stage, rates });
  await plane.start();
  // Each part of the words is in every description, one after the other in none.
  const scattered = "/v0.1/servers?search=server%20tests";
  expect(standing(await ask(scattered))).toEqual(left(perMinute - 1));
  expect(standing(await ask(scattered))).toEqual(left(perMinute - 4));
  expect(standing(await ask("/v0.1/servers"))).toEqual(left(perMinute - 5));
  expect(standing(await ask("/v0.1/servers?version=9.9.9"))).toEqual(left(perMinute - 6));
  expect(standing(await ask("/v0.1/servers"))).toEqual(left(perMinute - 7));
});
