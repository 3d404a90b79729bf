import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { digestOf } from "#lib/core/digest.ts";
import { describeReadApi, type Operation } from "#lib/resolver/openapi/document.ts";
import * as shapes from "#lib/resolver/openapi/shapes.ts";
import { MemorySource } from "#lib/resolver/testing/memory-source.ts";
import { type Answer, listenPlane, type TestPlane } from "#lib/resolver/testing/plane.ts";
import { makeRegistry, makeVersion, manifestBytes } from "#lib/resolver/testing/registry.ts";

const registry = makeRegistry();
const name = "io.acme/weather";
const document = describeReadApi(registry.registryId);
let plane: TestPlane;

beforeAll(async () => {
  const versions = ["1.0.0", "2.0.0"].map((version) => makeVersion(registry, { name, version }));
  const revoked = makeVersion(registry, { name, version: "3.0.0", revoked: true });
  plane = await listenPlane({ registry, source: new MemorySource().set(name, ...versions, revoked) });
  await plane.start();
});
afterAll(() => plane.close());

it("is served as it is made", async () => {
  const { status, headers, json } = await plane.ask("/v0.1/openapi.json");
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

const at = "/v0.1/servers/io.acme%2Fweather/versions";
const examples: [path: string, status: number, shape: z.ZodType][] = [
  ["/v0.1/servers", 200, shapes.List],
  ["/v0.1/servers?limit=1&version=latest&search=weather", 200, shapes.List],
  ["/v0.1/servers?limit=1&updated_since=2026-01-01T00:00:00Z", 200, shapes.List],
  [at, 200, shapes.List],
  [`${at}?include_deleted=true`, 200, shapes.List],
  [`${at}/latest`, 200, shapes.Entry],
  [`${at}/3.0.0?include_deleted=true`, 200, shapes.Entry],
  ["/v0.1/health", 200, shapes.Health],
  ["/v0.1/ping", 200, shapes.Ping],
  ["/v0.1/version", 200, shapes.Build],
  [`${at}/3.0.0`, 404, shapes.Problem],
  ["/v0.1/servers?limit=0", 422, shapes.Problem],
  ["/v0.1/servers?updated_since=x", 400, shapes.Problem],
];

it.each(examples)("%s answers %i in the shape described", async (path, status, shape) => {
  const answer = await plane.ask(path);
  expect(answer.status).toBe(status);
  expect(shape.parse(answer.json())).toEqual(answer.json());
});

describe("whatever is sent", () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      "",
      "0",
      "-1",
      "99999999999999999999",
      "1e9",
      "true",
      "null",
      "[]",
      "{}",
      "latest",
      "..",
      ".",
      "%",
      "%00",
      "a".repeat(5000),
    ),
    fc.constantFrom("2026-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "0000-01-01T00:00:00Z", name, "1.0.0"),
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.string({ maxLength: 300 }),
    fc.constant(digestOf(manifestBytes({ name, version: "1.0.0" }))),
  );
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  type Called = { path: string; method: string; operation: Operation; values: string[]; encode: boolean };
  const call: fc.Arbitrary<Called> = fc.constantFrom(...operations).chain((operation) =>
    fc.record({
      ...Object.fromEntries(Object.entries(operation).map(([key, value]) => [key, fc.constant(value)])),
      values: fc.array(hostile, { minLength: 8, maxLength: 8 }),
      encode: fc.boolean(),
    }),
  ) as fc.Arbitrary<Called>;

  function toTarget({ path, operation, values, encode }: Called): string {
    const write = (text: string) =>
      encode ? encodeURIComponent(text.toWellFormed()) : text.replace(/[^\x21-\x7e]|[#?&/]/g, "");
    const query: string[] = [];
    let target = path;
    for (const [i, parameter] of operation.parameters.entries()) {
      const value = write(values[i] ?? "");
      if (parameter.in === "path") target = target.replace(`{${parameter.name}}`, () => value);
      else if ((values[i]?.length ?? 0) % 2 === 0) query.push(`${parameter.name}=${value}`);
    }
    return query.length > 0 ? `${target}?${query.join("&")}` : target;
  }

  it("the status is one that is described, never 5xx, and problems have their shape", async () => {
    await fc.assert(
      fc.asyncProperty(call, async (called) => {
        const target = toTarget(called);
        const answer: Answer = await plane.ask(target, { method: called.method });
        const described = [...Object.keys(called.operation.responses).map(Number), 308];
        expect(described, target).toContain(answer.status);
        expect(answer.status, target).toBeLessThan(500);
        if (answer.status >= 400) expect(shapes.Problem.safeParse(answer.json()).success).toBe(true);
      }),
      { numRuns: 600 },
    );
  });
});
