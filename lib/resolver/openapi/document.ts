import { z } from "zod";
import { PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";
import { KEY_SET_MEDIA_TYPE } from "#lib/core/identifiers.ts";
import { limits } from "#lib/resolver/http/query.ts";
import * as shapes from "#lib/resolver/openapi/shapes.ts";

type Json = Record<string, unknown>;
type Parameter = { name: string; in: "query" | "path" | "header"; schema: Json; required?: true; description?: string };
export type Operation = {
  operationId: string;
  summary: string;
  parameters: Parameter[];
  requestBody?: Json;
  responses: Record<string, Json>;
};
export type Document = Json & { paths: Record<string, Record<string, Operation>> };

const includeDeleted = query("include_deleted", { type: "boolean" }, "Also revoked, quarantined and expired versions.");
const name = path(
  "name",
  { type: "string", examples: ["io.github.acme/weather"] },
  "Percent-encoded: %2F for the slash.",
);
const version = path("version", { type: "string" }, "An exact version, or `latest`.");
const listQuery = [
  query("limit", { type: "integer", minimum: 1, maximum: limits.page, default: limits.standardPage }),
  query("cursor", { type: "string", maxLength: limits.cursorChars }, "As in `metadata.nextCursor` of the page before."),
  query("search", { type: "string", maxLength: limits.searchChars }, "Part of name, title or description."),
  query("version", { type: "string", maxLength: limits.versionChars }, "`latest`, or one exact version."),
  query("updated_since", { type: "string", format: "date-time" }, "Strictly later; includes deleted versions."),
  includeDeleted,
];

/** The read API in OpenAPI 3.1, made from the limits it parses with and the shapes its tests hold it to. */
export function describeReadApi(registryId: string): Document {
  const all: ProblemCode[] = [
    "bad-request",
    "forbidden",
    "not-found",
    "method-not-allowed",
    "rate-limited",
    "unavailable",
  ];
  const read = (
    operationId: string,
    summary: string,
    parameters: Parameter[],
    shape: z.ZodType,
    more: ProblemCode[] = [],
  ) => operation({ operationId, summary, parameters, shape, problems: [...all, ...more], conditional: true });
  const probe = (operationId: string, shape: z.ZodType) =>
    operation({ operationId, summary: "A probe", parameters: [], shape, problems: all });
  return {
    openapi: "3.1.0",
    info: { title: "Countersign read API", version: "0.1", description: "The MCP registry API v0.1." },
    servers: [{ url: registryId }],
    paths: {
      "/v0.1/servers": { get: read("listServers", "One page of entries", listQuery, shapes.List, ["invalid-input"]) },
      "/v0.1/servers/{name}/versions": {
        get: read("listVersions", "All versions of a server", [name, includeDeleted], shapes.List, ["invalid-input"]),
      },
      "/v0.1/servers/{name}/versions/{version}": {
        get: read("getVersion", "One entry", [name, version, includeDeleted], shapes.Entry, ["invalid-input"]),
      },
      "/v0.1/validate": { post: validate(all) },
      "/v0.1/health": { get: probe("getHealth", shapes.Health) },
      "/v0.1/ping": { get: probe("ping", shapes.Ping) },
      "/v0.1/version": { get: probe("getBuild", shapes.Build) },
      "/v0.1/x/countersign/{kind}/{digest}": { get: bytes([...all, "invalid-input"]) },
      "/v0.1/x/countersign/keys": {
        get: {
          ...raw("getKeys", "The registry's public keys", [], KEY_SET_MEDIA_TYPE),
          responses: answers(KEY_SET_MEDIA_TYPE, {}, all),
        },
      },
    },
    components: { schemas: componentSchemas() },
  };
}

type OperationFacts = {
  operationId: string;
  summary: string;
  parameters: Parameter[];
  shape: z.ZodType;
  problems: ProblemCode[];
  conditional?: true;
};

function operation({ operationId, summary, parameters, shape, problems, conditional }: OperationFacts): Operation {
  const responses = answers("application/json", { schema: reference(shape) }, problems);
  if (conditional) responses["304"] = { description: "What `If-None-Match` names is still what would be sent." };
  return { operationId, summary, parameters, responses };
}

function validate(problems: ProblemCode[]): Operation {
  const facts = { operationId: "validate", summary: "Says what publishing would say", parameters: [] };
  return {
    ...operation({ ...facts, shape: shapes.Validation, problems: [...problems, "payload-too-large"] }),
    requestBody: { required: true, content: { "application/json": { schema: { type: "object" } } } },
  };
}

function bytes(problems: ProblemCode[]): Operation {
  const kind = path("kind", { enum: ["manifest", "bundle", "approval", "trusted-root"] });
  const digest = path("digest", { type: "string", pattern: "^sha256:[0-9a-f]{64}$" });
  const operation = raw("getBytes", "Raw bytes by digest", [kind, digest, includeDeleted], "application/json");
  const responses = answers("application/json", {}, problems);
  responses["304"] = { description: "Known already." };
  return { ...operation, responses };
}

function raw(operationId: string, summary: string, parameters: Parameter[], mediaType: string): Operation {
  return { operationId, summary, parameters, responses: answers(mediaType, {}, []) };
}

function answers(mediaType: string, content: Json, problems: readonly ProblemCode[]): Record<string, Json> {
  const responses: Record<string, Json> = { "200": { description: "Found", content: { [mediaType]: content } } };
  for (const code of problems) {
    const { status, title } = PROBLEMS[code];
    responses[String(status)] = {
      description: title,
      content: { "application/problem+json": { schema: reference(shapes.Problem) } },
    };
  }
  return responses;
}

function query(name: string, schema: Json, description?: string): Parameter {
  return { name, in: "query", schema, ...(description ? { description } : {}) };
}

function path(name: string, schema: Json, description?: string): Parameter {
  return { ...query(name, schema, description), in: "path", required: true };
}

const named = Object.entries(shapes);

function reference(shape: z.ZodType): Json {
  return { $ref: `#/components/schemas/${named.find(([, each]) => each === shape)?.[0]}` };
}

/** One schema per shape; shapes inside others are references to their own. */
function componentSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, shape] of named) registry.add(shape, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, id: _own, ...schema }]) => [id, schema]),
  );
}
