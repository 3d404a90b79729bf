import { once } from "node:events";
import { request } from "node:http";
import { PassThrough } from "node:stream";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DomainError } from "#lib/core/errors.ts";
import { sampleManifest } from "#lib/manifest/sample.ts";
import { rateLimitedRequests } from "#lib/metrics/index.ts";
import { answerValidate, toOfficialIssue } from "#lib/resolver/http/validate.ts";
import { WorkBudget } from "#lib/resolver/http/work-budget.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { type Json, listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
let plane: TestPlane;

beforeAll(async () => {
  plane = await listenPlane({ registry, source: new MemorySource() });
  await plane.start();
});
afterAll(() => plane.close());

async function post(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const sent = request({ port: plane.port, path, method: "POST", agent: false, headers });
  sent.on("error", () => {});
  sent.end(body);
  const [response] = await once(sent, "response");
  return { status: response.statusCode, headers: response.headers, body: (await json(response)) as Json };
}

describe("POST /v0.1/validate", () => {
  it("accepts what would be accepted", async () => {
    const { status, headers, body } = await post("/v0.1/validate", JSON.stringify(sampleManifest));
    expect([status, body]).toEqual([200, { valid: true, issues: [] }]);
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("names every issue at once, in the official words", async () => {
    const { title: _, ...rest } = sampleManifest as Record<string, unknown>;
    const broken = { ...rest, name: "nonsense", version: "^1.0.0", remotes: [{ type: "smoke-signal" }] };
    const { status, body } = await post("/v0.1/validate", JSON.stringify(broken));
    expect([status, body.valid]).toEqual([200, false]);
    expect(body.issues).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: "semantic",
          path: "name",
          reference: "invalid-server-name",
          severity: "error",
        }),
        expect.objectContaining({ path: "version", reference: "version-looks-like-range" }),
        expect.objectContaining({ path: expect.stringMatching(/^remotes\[0\]/) }),
      ]),
    );
  });

  it.each(["", "{", "[]", "null", '{"a":1,"a":2}', "\ufeff{}"])("answers nonsense (%j) with issues", async (text) => {
    const { status, body } = await post("/v0.1/validate", text);
    expect([status, body.valid]).toEqual([200, false]);
    expect(body.issues).not.toEqual([]);
  });

  it.each<Record<string, string>>([{}, { "transfer-encoding": "chunked" }])(
    "refuses what no manifest may weigh %j",
    async (headers) => {
      const { status, headers: answered, body } = await post("/v0.1/validate", Buffer.alloc(200_000, "x"), headers);
      expect([status, body.code, answered.connection]).toEqual([413, "payload-too-large", "close"]);
    },
  );

  it("takes POST alone", async () => {
    const { status, headers } = await plane.ask("/v0.1/validate");
    expect([status, headers.allow]).toEqual([405, "POST, OPTIONS"]);
    const preflight = await plane.ask("/v0.1/validate", { method: "OPTIONS" });
    expect(preflight.headers["access-control-allow-methods"]).toBe("POST, OPTIONS");
  });
});

it("POST /v0.1/publish says that a signature is needed, and how to publish", async () => {
  const { status, headers, body } = await post("/v0.1/publish", JSON.stringify(sampleManifest), {
    authorization: "Bearer x",
  });
  expect([status, body.code, headers.connection]).toEqual([422, "signature-required", "close"]);
  expect(body.detail).toContain(`countersign publish server.json --registry ${registry.registryId}`);
});

it.each([
  ["/packages/0/transport/url", "packages[0].transport.url"],
  [
    "/_meta/io.modelcontextprotocol.registry~1publisher-provided",
    "_meta.io.modelcontextprotocol.registry/publisher-provided",
  ],
  ["", ""],
])("writes %s as %s", (pointer, path) => {
  const issue = { code: "schema-too-long", pointer, message: "m", severity: "error" } as const;
  expect(toOfficialIssue(issue)).toMatchObject({ type: "schema", path });
});

it("who asks while the share is used up is told to come back, and counted", async () => {
  const request = Object.assign(new PassThrough().end("{}"), { headers: {} });
  const before = rateLimitedRequests("validation").value;
  const refused = await answerValidate(request as never, { run: () => null } as never).catch((error) => error);
  expect(refused).toBeInstanceOf(DomainError);
  expect(refused).toMatchObject({ code: "rate-limited", retryAfterSeconds: 1 });
  expect(rateLimitedRequests("validation").value).toBe(before + 1);
});

it("work has its share of the time and no more", () => {
  let time = 0;
  const budget = new WorkBudget(0.1, 100, () => time);
  const work = () => {
    time += 60;
    return "done";
  };
  expect([budget.run(work), budget.run(work), budget.run(work)]).toEqual([{ value: "done" }, { value: "done" }, null]);
  time += 50;
  expect(budget.run(work)).toBeNull();
  time += 200;
  expect(budget.run(work)).toEqual({ value: "done" });
});
