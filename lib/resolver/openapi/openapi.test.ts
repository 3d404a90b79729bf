import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { digestOf } from "#lib/core/digest.ts";
import { PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";
import { KEY_SET_MEDIA_TYPE } from "#lib/core/identifiers.ts";
import { ReadLimits } from "#lib/http/rate-limits.ts";
import { createGivenId } from "#lib/http/traffic/request-id.ts";
import { findRoute, methodsOf, type Route } from "#lib/resolver/http/routes.ts";
import { describeReadApi, type Operation } from "#lib/resolver/openapi/document.ts";
import { rateHeaders } from "#lib/resolver/openapi/headers.ts";
import * as shapes from "#lib/resolver/openapi/shapes.ts";
import { channelRow, secretRow, secretText, tokenRow, tokenText } from "#lib/resolver/testing/channels.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { type Answer, listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, makeVersion, manifestBytes } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const name = "io.acme/weather";
const manifestDigest = digestOf(manifestBytes({ name, version: "1.0.0" }));
const document = describeReadApi(registry.registryId);
const operations = Object.entries(document.paths).flatMap(([path, { get, post }]) =>
  Object.entries({ GET: get, POST: post }).flatMap(([method, operation]) =>
    operation ? [{ path, method, operation }] : [],
  ),
);

const rows = {
  standard: channelRow("default"),
  open: channelRow("open", { serveV0: true }),
  sealed: channelRow("sealed", { audience: "capability" }),
  team: channelRow("team", { audience: "token" }),
};
const [secret, token] = [secretText("s"), tokenText("t")];

/** Every way in: where it begins, and what is sent along. */
const doors: { base: string; headers: Record<string, string> }[] = [
  { base: "", headers: {} },
  { base: "", headers: { authorization: "Bearer x" } },
  { base: "/c/open", headers: { authorization: "Basic x" } },
  { base: `/c/sealed/${secret}`, headers: {} },
  { base: "/c/team", headers: { authorization: `Bearer ${token}` } },
];
const shut: typeof doors = [
  { base: "/c/team", headers: {} },
  { base: "/c/team", headers: { authorization: `Bearer ${tokenText("u")}` } },
  { base: "/c/sealed", headers: {} },
  { base: `/c/sealed/${secretText("u")}`, headers: {} },
  { base: "/c/none", headers: {} },
];

let plane: TestPlane;

beforeAll(async () => {
  const versions = ["1.0.0", "2.0.0"].map((version) => makeVersion(registry, { name, version }));
  const revoked = makeVersion(registry, { name, version: "3.0.0", revoked: true });
  const source = new MemorySource().set(name, ...versions, revoked);
  source.access = {
    channels: Object.values(rows),
    secrets: [secretRow(rows.sealed, secret)],
    tokens: [tokenRow(token, [rows.team])],
  };
  const rates = new ReadLimits({ trustedProxies: ["127.0.0.1"], perMinute: 100, tokenPerMinute: 10_000_000 });
  plane = await listenPlane({ registry, source, rates });
  await plane.start();
});
afterAll(() => plane.close());

let clients = 0;

/** Each time from another network, as a proxy of ours tells it: none of them reaches a limit. */
function ask(
  target: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  clients++;
  const client = `203.${(clients >> 16) & 255}.${(clients >> 8) & 255}.${clients & 255}`;
  return plane.ask(target, { method, headers: { ...headers, "x-forwarded-for": client } });
}

it("is served as it is made", async () => {
  const { status, headers, json } = await ask("/v0.1/openapi.json");
  expect([status, headers["content-type"]]).toEqual([200, "application/json; charset=utf-8"]);
  expect(json()).toEqual(JSON.parse(JSON.stringify(document)));
});

it("refers to nothing that it does not hold", () => {
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]*)"/g);
  const known = Object.keys((document.components as { schemas: object }).schemas);
  const used = [...references].map((match) => match[1]);
  expect(used).toContain("Entry");
  expect(used.filter((id) => !known.includes(id ?? ""))).toEqual([]);
});

it("describes every route with its methods, and no other", () => {
  const all: Record<Route["kind"], true> = {
    health: true,
    ping: true,
    build: true,
    list: true,
    keys: true,
    openapi: true,
    validate: true,
    publish: true,
    versions: true,
    version: true,
    blob: true,
  };
  const below = operations.filter(({ path }) => path.startsWith("/v0.1/"));
  const filled = (path: string) =>
    path.replace("{name}", name).replace("{kind}", "manifest").replace("{digest}", manifestDigest).split("/").slice(2);
  const routes = below.map(({ path, method }) => ({ method, route: findRoute(filled(path)) }));
  expect(routes.map(({ route }) => route?.kind).toSorted()).toEqual(Object.keys(all).toSorted());
  for (const { method, route } of routes) if (route) expect(methodsOf(route).split(", ")).toContain(method);
});

const at = "/v0.1/servers/io.acme%2Fweather/versions";
type Example = [id: string, method: string, path: string, status: number, shape: z.ZodType | null];
const examples: Example[] = [
  ["listServers", "GET", "/v0.1/servers", 200, shapes.List],
  ["listServers", "GET", "/v0.1/servers?limit=1&version=latest&search=weather", 200, shapes.List],
  ["listServers", "GET", "/v0.1/servers?limit=1&updated_since=2026-01-01T00:00:00Z", 200, shapes.List],
  ["listVersions", "GET", at, 200, shapes.List],
  ["listVersions", "GET", `${at}?include_deleted=true`, 200, shapes.List],
  ["getVersion", "GET", `${at}/latest`, 200, shapes.Entry],
  ["getVersion", "GET", `${at}/3.0.0?include_deleted=true`, 200, shapes.Entry],
  ["getHealth", "GET", "/v0.1/health", 200, shapes.Health],
  ["ping", "GET", "/v0.1/ping", 200, shapes.Ping],
  ["getBuild", "GET", "/v0.1/version", 200, shapes.Build],
  ["validate", "POST", "/v0.1/validate", 200, shapes.Validation],
  ["publish", "POST", "/v0.1/publish", 422, shapes.Problem],
  ["getReadApiDocument", "GET", "/v0.1/openapi.json", 200, null],
  ["getBytes", "GET", `/v0.1/x/countersign/manifest/${manifestDigest}`, 200, null],
  ["getKeys", "GET", "/v0.1/x/countersign/keys", 200, null],
  ["getVersion", "GET", `${at}/3.0.0`, 404, shapes.Problem],
  ["listServers", "GET", "/v0.1/servers?limit=0", 422, shapes.Problem],
  ["listServers", "GET", "/v0.1/servers?updated_since=x", 400, shapes.Problem],
];

it.each(examples)("%s: %s %s answers %i as described, through every door", async (id, method, path, status, shape) => {
  const { operation } = operations.find((each) => each.operation.operationId === id) ?? {};
  for (const { base, headers } of doors) {
    const answer = await ask(base + path, { method, headers });
    expect([base, answer.status]).toEqual([base, status]);
    expect(findBreach(operation, answer)).toBeNull();
    if (shape) expect(shape.parse(answer.json())).toEqual(answer.json());
  }
});

it("the metadata of a token channel names the channel", async () => {
  const { status, json } = await ask("/.well-known/oauth-protected-resource/c/team/v0.1");
  const resource = `${registry.registryId}/c/team/v0.1`;
  expect([status, shapes.ProtectedResource.parse(json()).resource]).toEqual([200, resource]);
});

it.each(["9f86d081884c7d659a2feaa0c55ad015", "req-1.2_3", "3f2b8c1e-aaaa-4bbb-8ccc-123456789012"])(
  "describes problems by the id that a proxy gave the request: %s",
  (id) => {
    const given = createGivenId(() => true)({ headers: { "x-request-id": id }, socket: {} } as never);
    expect(given).toBe(id);
    expect(shapes.Problem.shape.requestId.safeParse(given).success).toBe(true);
  },
);

it("has an example of every operation", () => {
  const shown = new Set(examples.map(([id]) => id));
  const rest = operations.map(({ operation }) => operation.operationId).filter((id) => !shown.has(id));
  expect(rest.toSorted()).toEqual(["getChannelMetadata", "getDefaultMetadata"]);
});

type Described = { content?: Record<string, unknown>; headers?: Record<string, unknown> };

/** In what an answer is not as its operation says; null when it is. */
function findBreach(operation: Operation | undefined, answer: Answer): string | null {
  const described = operation?.responses[answer.status] as Described | undefined;
  if (!described) return `status ${answer.status}`;
  for (const name of Object.keys(rateHeaders)) {
    if (!described.headers?.[name]) return `${name} is not described`;
    if (!(name.toLowerCase() in answer.headers) && operation?.operationId !== "getHealth") return `no ${name}`;
  }
  if (answer.status >= 500) return `status ${answer.status}`;
  if (answer.status === 401 && !answer.headers["www-authenticate"]) return "401 without a challenge";
  const mediaType = answer.headers["content-type"]?.split(";")[0];
  const types = Object.keys(described.content ?? {});
  if (types.length > 0 && !types.includes(mediaType ?? "")) return `media type ${mediaType}`;
  if (answer.status < 400) return null;
  const problem = shapes.Problem.safeParse(answer.json());
  const status = problem.success ? PROBLEMS[problem.data.code as ProblemCode]?.status : null;
  return status === answer.status ? null : `problem ${JSON.stringify(answer.json())}`;
}

describe("whatever is sent", () => {
  const hostile = fc.oneof(
    fc.constantFrom("", "0", "-1", "99999999999999999999", "1e9", "true", "null", "[]", "{}", "latest", "..", "."),
    fc.constantFrom("%", "%00", "%2e%2e", "%C0%80", "a".repeat(5000), "__proto__", "constructor", "x\ud800"),
    fc.constantFrom("2026-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "0000-01-01T00:00:00Z", name, "1.0.0"),
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.string({ maxLength: 300 }),
    fc.constantFrom(manifestDigest, KEY_SET_MEDIA_TYPE),
  );
  const values = fc.array(hostile, { minLength: 8, maxLength: 8 });
  const call = fc.record({
    called: fc.constantFrom(...operations),
    door: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...doors) }, fc.constantFrom(...shut)),
    version: fc.constantFrom("v0.1", "v0.1", "v0.1", "v0"),
    values,
    encode: fc.boolean(),
  });
  type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

  function toTarget({ called: { path, operation }, door, version, values: given, encode }: Call): string {
    const write = (text: string) =>
      encode ? encodeURIComponent(text.toWellFormed()) : text.replace(/[^\x21-\x7e]|[#?&/]/g, "");
    const query: string[] = [];
    let target = path.startsWith("/v0.1/") ? door.base + path.replace("v0.1", version) : path;
    for (const [i, parameter] of operation.parameters.entries()) {
      const value = write(given[i] ?? "");
      if (parameter.in === "path") target = target.replace(`{${parameter.name}}`, () => value);
      else if ((given[i]?.length ?? 0) % 2 === 0) query.push(`${parameter.name}=${value}`);
    }
    return query.length > 0 ? `${target}?${query.join("&")}` : target;
  }

  it("the answer is one that is described, never 5xx, and says nothing of the secret of an address", async () => {
    await fc.assert(
      fc.asyncProperty(call, async (each) => {
        const target = toTarget(each);
        const answer = await ask(target, { method: each.called.method, headers: each.door.headers });
        expect(findBreach(each.called.operation, answer), target).toBeNull();
        expect(answer.body.includes(secret) || JSON.stringify(answer.headers).includes(secret), target).toBe(false);
      }),
      { numRuns: 800 },
    );
  });

  it("who is not let in gets nothing, whatever is asked", async () => {
    for (const { base, headers } of shut) {
      for (const { path, method } of operations.filter((each) => each.path.startsWith("/v0.1/"))) {
        const target = base + path.replace("{name}", name).replace("{version}", "latest").replace("{kind}", "manifest");
        const answer = await ask(target.replace("{digest}", manifestDigest), { method, headers });
        expect([target, answer.status]).toEqual([target, base === "/c/team" ? 401 : 404]);
      }
    }
  });
});
