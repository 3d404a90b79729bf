import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestOf } from "#lib/core/digest.ts";
import { KEY_SET_MEDIA_TYPE } from "#lib/core/identifiers.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, makeVersion, manifestBytes, now } from "#lib/resolver/testing/registry.ts";
import { parseKeySet } from "#lib/signing/index.ts";

const registry = makeRegistry();
const name = "io.acme/weather";
const path = "/v0.1/servers/io.acme%2Fweather/versions";
const texts = { name, version: "1.2.0" };
let source: MemorySource;
let plane: TestPlane;

beforeAll(async () => {
  const expired = { approval: { expiresAt: new Date(now - 1).toISOString() } };
  source = new MemorySource().set(
    name,
    makeVersion(registry, { name, version: "1.0.0+b" }),
    makeVersion(registry, texts),
    makeVersion(registry, { name, version: "2.0.0", revoked: true }),
    makeVersion(registry, { name, version: "3.0.0", ...expired }),
  );
  source.set("io.acme/gone", makeVersion(registry, { name: "io.acme/gone", version: "1.0.0", revoked: true }));
  plane = await listenPlane({ registry, source });
  await plane.start();
});
afterAll(() => plane.close());

describe("one version", () => {
  it("is the exact signed bytes with the official and our own meta", async () => {
    const { status, headers, body, json } = await plane.ask(`${path}/1.2.0`);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(body.subarray(10, 10 + manifestBytes(texts).length)).toEqual(manifestBytes(texts));
    const { server, _meta } = json<{ server: object; _meta: Record<string, Record<string, unknown>> }>();
    expect(server).toEqual(JSON.parse(manifestBytes(texts).toString()));
    expect(_meta["io.modelcontextprotocol.registry/official"]).toEqual({
      status: "active",
      statusChangedAt: "2026-05-22T12:00:00.000Z",
      publishedAt: "2026-05-22T12:00:00.000Z",
      updatedAt: "2026-05-22T12:00:00.000Z",
      isLatest: true,
    });
    expect(_meta["countersign/approval"]).toMatchObject({
      manifest: { digest: digestOf(manifestBytes(texts)) },
      approval: { round: 1, keyId: registry.keySet.keys[0]?.keyId, expiresAt: "2026-08-20T12:00:00.000Z" },
      pins: { status: "none", entries: [] },
      surface: { status: "not-captured" },
    });
  });

  it.each([
    `${path}/latest`,
    "/v0.1/servers/io.acme/weather/versions/latest",
    "/v0.1/servers/io.acme/weather/versions/1.2.0",
    `${path}/1%2E2.0?unknown=ignored`,
  ])("is the same at %s", async (url) => {
    expect((await plane.ask(url)).body).toEqual((await plane.ask(`${path}/1.2.0`)).body);
  });

  it.each([`${path}/1.0.0%2Bb`, `${path}/1.0.0+b`])("is found by %s", async (url) => {
    expect((await plane.ask(url)).status).toBe(200);
  });

  it.each(["2.0.0", "3.0.0"])("that is hidden (%s) is shown as deleted only to who asks for it", async (version) => {
    expect((await plane.ask(`${path}/${version}`)).status).toBe(404);
    const shown = await plane.ask(`${path}/${version}?include_deleted=true`);
    expect(shown.body.toString()).toContain('"status":"deleted"');
    expect(shown.body.toString()).toContain('"isLatest":false');
  });

  it("gives one and the same 404 for hidden, unknown and never countersigned", async () => {
    const urls = [
      `${path}/2.0.0`,
      `${path}/9.9.9`,
      "/v0.1/servers/io.acme%2Fgone/versions/latest",
      "/v0.1/servers/io.acme%2Fgone/versions",
      "/v0.1/servers/io.acme%2Fgone/versions/latest?include_deleted=true",
      "/v0.1/servers/io.acme%2Fnever/versions/latest",
    ];
    const answers = await Promise.all(urls.map((url) => plane.ask(url)));
    for (const { status, json, headers } of answers) {
      expect(status).toBe(404);
      expect(headers["content-type"]).toBe("application/problem+json; charset=utf-8");
      expect(json()).toEqual({
        type: "https://registry.example.com/problems/not-found",
        title: "Not found",
        status: 404,
        detail: "Server not found",
        code: "not-found",
        requestId: expect.any(String),
      });
    }
    expect(new Set(answers.map(({ headers }) => JSON.stringify({ ...headers, date: "" }))).size).toBe(1);
  });

  it.each([
    ["IO.acme/Weather", ["io.acme/weather"]],
    ["io.acme/wether", ["io.acme/weather"]],
    ["com.other/weather", ["io.acme/weather"]],
    ["io.acme/gon", undefined],
    ["com.other/gone", undefined],
  ])("suggests for %s what resolves, and nothing hidden", async (wrong, suggestions) => {
    const { status, json } = await plane.ask(`/v0.1/servers/${encodeURIComponent(wrong)}/versions/latest`);
    expect([status, json().suggestions]).toEqual([404, suggestions]);
    expect(json().detail).toBe(`Server not found${suggestions ? `. Did you mean ${suggestions[0]}?` : ""}`);
  });

  it.each(["maybe", "2", "yes", "tRUE", "%20true"])("refuses include_deleted=%s", async (value) => {
    expect((await plane.ask(`${path}/1.2.0?include_deleted=${value}`)).status).toBe(422);
  });

  it.each([
    ["1", 200],
    ["True", 200],
    ["TRUE", 200],
    ["t", 200],
    ["0", 404],
    ["False", 404],
    ["", 404],
  ])("takes include_deleted=%s as the official registry does (%i)", async (value, status) => {
    expect((await plane.ask(`${path}/2.0.0?include_deleted=${value}`)).status).toBe(status);
  });
});

describe("versions of one server", () => {
  it("are the shown ones, newest first, without cursor", async () => {
    const { json } = await plane.ask(path);
    const { servers, metadata } = json<{ servers: { server: { version: string } }[]; metadata: object }>();
    expect(servers.map(({ server }) => server.version)).toEqual(["1.2.0", "1.0.0+b"]);
    expect(metadata).toEqual({ count: 2 });
  });

  it("include hidden ones when asked for", async () => {
    const { json } = await plane.ask(`${path}?include_deleted=true`);
    expect(json<{ metadata: object }>().metadata).toEqual({ count: 4 });
    expect((await plane.ask("/v0.1/servers/io.acme/gone/versions?include_deleted=true")).status).toBe(200);
  });
});

describe("probes", () => {
  it.each([
    ["/v0.1/health", { status: "ok", catalogue_age_seconds: 0 }],
    ["/v0.1/ping", { pong: true }],
    ["/v0.1/version", { version: "0.1.0", git_commit: "abc", build_time: "2026-06-01T00:00:00Z" }],
  ])("%s", async (url, body) => {
    const answer = await plane.ask(url);
    expect([answer.status, answer.json()]).toEqual([200, body]);
  });
});

it("publishes the key set it trusts", async () => {
  const { status, headers, body } = await plane.ask("/v0.1/x/countersign/keys");
  expect([status, headers["content-type"]]).toEqual([200, KEY_SET_MEDIA_TYPE]);
  expect(parseKeySet(body)).toEqual({ registryId: registry.registryId, keySet: registry.keySet });
});

describe("conditional requests", () => {
  it.each([path, `${path}/latest`, "/v0.1/servers?limit=1"])("%s answers 304 to its own tag", async (url) => {
    const { headers } = await plane.ask(url);
    expect(headers).toMatchObject({
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
      "cache-control": "public, no-cache",
    });
    for (const tag of [headers.etag, `W/${headers.etag}`, `"x", ${headers.etag}`, "*"]) {
      const again = await plane.ask(url, { headers: { "if-none-match": String(tag) } });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
    }
    expect((await plane.ask(url, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  it("never answers 304 to what is not found", async () => {
    expect((await plane.ask(`${path}/9.9.9`, { headers: { "if-none-match": "*" } })).status).toBe(404);
  });
});

describe("methods", () => {
  it("HEAD is GET without a body", async () => {
    const [get, head] = [await plane.ask(`${path}/latest`), await plane.ask(`${path}/latest`, { method: "HEAD" })];
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect({ ...head.headers, date: "" }).toEqual({ ...get.headers, date: "" });
  });

  it("OPTIONS answers a preflight", async () => {
    const { status, headers } = await plane.ask(path, { method: "OPTIONS" });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, OPTIONS",
      "access-control-allow-headers": "Authorization, Content-Type, Accept, If-None-Match, *",
    });
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("%s is refused with what is allowed", async (method) => {
    const { status, headers, json } = await plane.ask(`${path}/latest`, { method });
    expect([status, headers.allow, json().code]).toEqual([405, "GET, HEAD, OPTIONS", "method-not-allowed"]);
    expect((await plane.ask("/v0.1/nothing", { method })).status).toBe(404);
  });
});

describe("every answer", () => {
  it.each([path, "/v0.1/nothing", "/v0.1/servers?limit=0", "/v0.1/servers/"])("%s can run nothing", async (url) => {
    expect((await plane.ask(url)).headers).toMatchObject({
      "access-control-allow-origin": "*",
      "content-security-policy": expect.stringContaining("sandbox"),
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
  });

  it.each([
    ["/v0.1/servers/io.acme/weather/versions/%00", 400],
    ["/v0.1/servers/%zz/versions", 400],
    ["/v0.1/servers/../servers", 404],
    ["/v0.1/servers/%2e%2e/%2e%2e/etc", 404],
    ["/v0.1/servers/io.acme/weather", 404],
    ["/v0.1", 404],
  ])("%s is %i", async (url, status) => {
    const answer = await plane.ask(url);
    expect([answer.status, answer.json().status]).toEqual([status, status]);
  });

  it("a trailing slash moves for good to the path without it", async () => {
    const { status, headers } = await plane.ask("/v0.1/servers/?limit=2");
    expect([status, headers.location]).toEqual([308, "/v0.1/servers?limit=2"]);
  });

  it("leaves everything else alone", async () => {
    expect((await plane.ask("/api/v1/whoami")).status).toBe(299);
  });
});
