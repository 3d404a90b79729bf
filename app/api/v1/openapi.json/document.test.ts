import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { describeApi, listOperations } from "#lib/api-docs/index.ts";
import { PROBLEMS } from "#lib/core/errors.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { getDocument } from "./_parts/document.ts";
import { routes } from "./_parts/routes.ts";

const registryId = "https://registry.example.com";
const document = getDocument(registryId);
const root = path.resolve(import.meta.dirname, "..");

/** `METHOD folder` of every handler in the tree; the one that answers unknown addresses is no operation. */
function readHandlers(): string[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => path.basename(file) === "route.ts" && !file.startsWith("[[...path]]"))
    .flatMap((file) => {
      const exported = readFileSync(path.join(root, file), "utf8").matchAll(/^export const ([A-Z]+)\b/gm);
      return [...exported].map(([, method]) => `${method} ${path.dirname(file)}`);
    });
}

const described = Object.entries(document.paths).flatMap(([at, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${at}`),
);
const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]*)"/g)].map(
  ([, name]) => name ?? "",
);
const schemas = (document.components as { schemas: Record<string, object> }).schemas;

describe("completeness", () => {
  it("every handler below /api/v1 is described, and nothing else", () => {
    const handlers = readHandlers().map((handler) =>
      handler.replace(" ", " /api/v1/").replaceAll(/\[(\w+)\]/g, "{$1}"),
    );
    expect(handlers.length).toBeGreaterThan(50);
    expect(described.toSorted()).toEqual(handlers.toSorted());
  });

  it("every route file exports handlers alone, as constants, so that none is overlooked", () => {
    const modules = Object.entries(routes).map(([folder, module]) => [folder, Object.keys(module)]);
    for (const [folder, names] of modules) {
      const inFile = readHandlers().filter((handler) => handler.endsWith(` ${folder}`));
      expect([folder, (names as string[]).length]).toEqual([folder, inFile.length]);
    }
  });

  it("ids are unique", () => {
    const operations = listOperations(routes);
    expect(new Set(operations.map(({ declaration }) => declaration.describe?.id)).size).toBe(operations.length);
  });

  it("a route without a description cannot be described", () => {
    const bare = route({ caller: "anyone", input: anyInput, run: async () => null });
    const operations = listOperations({ bare: { GET: bare } });
    expect(() => describeApi({ registryId, operations, examples: {} })).toThrow("GET /api/v1/bare is not described");
  });
});

describe("the document", () => {
  it("refers to nothing that it does not hold, and holds no shape that nothing refers to", () => {
    expect(references.filter((name) => !(name in schemas))).toEqual([]);
    const unused = Object.keys(schemas).filter((name) => !name.startsWith("Problem.") && !references.includes(name));
    expect(unused).toEqual([]);
  });

  it("lists every problem code with its type", () => {
    for (const code of Object.keys(PROBLEMS)) {
      expect(schemas[`Problem.${code}`]).toMatchObject({
        allOf: [{}, { properties: { type: { const: `${registryId}/problems/${code}` }, code: { const: code } } }],
      });
    }
  });

  it("says of every answer from a handler where limits stand, and of 429 when to come back", () => {
    const names = ["RateLimit-Policy", "RateLimit"];
    const { headers } = document.components as { headers: Record<string, object> };
    expect(Object.keys(headers)).toEqual(names);
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    for (const { operationId, responses } of operations) {
      for (const [status, answer] of Object.entries(responses)) {
        const said = Object.keys((answer as { headers?: object }).headers ?? {});
        const own = { 401: ["WWW-Authenticate"], 429: ["Retry-After"] }[status] ?? [];
        expect([operationId, status, said]).toEqual([operationId, status, status === "431" ? [] : [...own, ...names]]);
      }
    }
  });

  it("says who may call: nobody without credentials but where that is meant", () => {
    const open = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .filter(({ security }) => security.length === 0);
    expect(open.map(({ operationId }) => operationId).toSorted()).toEqual([
      "getApiDocument",
      "getSigningConfiguration",
      "openSession",
    ]);
  });
});
