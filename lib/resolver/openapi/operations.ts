import type { z } from "zod";
import { PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";
import { KEY_SET_MEDIA_TYPE } from "#lib/core/identifiers.ts";
import { limited, retryAfter } from "#lib/resolver/openapi/headers.ts";
import * as parameters from "#lib/resolver/openapi/parameters.ts";
import { type Json, reference } from "#lib/resolver/openapi/schemas.ts";
import * as shapes from "#lib/resolver/openapi/shapes.ts";

export type Operation = {
  operationId: string;
  summary: string;
  parameters: parameters.Parameter[];
  requestBody?: Json;
  responses: Record<string, Json>;
};

const always: ProblemCode[] = [
  "bad-request",
  "unauthenticated",
  "forbidden",
  "not-found",
  "method-not-allowed",
  "misdirected-request",
  "rate-limited",
  "unavailable",
];

/** One that asks the catalogue. */
export function read(id: string, summary: string, given: parameters.Parameter[], shape: z.ZodType): Operation {
  const responses = { ...json(shape, ["invalid-input"]), "304": notModified() };
  return { operationId: id, summary, parameters: given, responses };
}

/** One without parameters. */
export function probe(id: string, summary: string, shape: z.ZodType): Operation {
  return { operationId: id, summary, parameters: [], responses: json(shape) };
}

export function metadata(id: string, given: parameters.Parameter[]): Operation {
  const summary = "What a channel's bearer token must be (RFC 9728)";
  return { operationId: id, summary, parameters: given, responses: json(shapes.ProtectedResource) };
}

export const validate: Operation = {
  operationId: "validate",
  summary: "Says what publishing would say",
  parameters: [],
  requestBody: {
    description: "The manifest. What is none is answered with its issues as well.",
    content: { "application/json": { schema: { type: "object" } } },
  },
  responses: json(shapes.Validation, ["payload-too-large"]),
};

export const publish: Operation = {
  operationId: "publish",
  summary: "Always refused, with how to publish here: a signature is needed",
  parameters: [],
  responses: problems([...always, "signature-required"]),
};

export const bytes: Operation = {
  operationId: "getBytes",
  summary: "Raw bytes by digest",
  parameters: [parameters.kind, parameters.digest, parameters.includeDeleted],
  responses: { ...answer("application/json", {}), ...problems([...always, "invalid-input"]), "304": notModified() },
};

export const keys: Operation = {
  operationId: "getKeys",
  summary: "The registry's public keys",
  parameters: [],
  responses: { ...answer(KEY_SET_MEDIA_TYPE, {}), ...problems(always) },
};

export const description: Operation = {
  operationId: "getReadApiDocument",
  summary: "This document",
  parameters: [],
  responses: { ...answer("application/json", {}), ...problems(always), "304": notModified() },
};

function notModified(): Json {
  return { description: "What `If-None-Match` names is still what would be sent.", headers: limited };
}

function json(shape: z.ZodType, more: ProblemCode[] = []): Record<string, Json> {
  return { ...answer("application/json", { schema: reference(shape) }), ...problems([...always, ...more]) };
}

function answer(mediaType: string, content: Json): Record<string, Json> {
  return { "200": { description: "Found", headers: limited, content: { [mediaType]: content } } };
}

function problems(codes: readonly ProblemCode[]): Record<string, Json> {
  const responses: Record<string, Json> = {
    "308": { description: "The same address without slashes at its end.", headers: limited },
    "431": { description: "The head of the request is longer than 16 KiB. No body." },
  };
  const content = { "application/problem+json": { schema: reference(shapes.Problem) } };
  for (const code of codes) {
    const headers = code === "rate-limited" ? { ...retryAfter, ...limited } : limited;
    responses[PROBLEMS[code].status] = { description: PROBLEMS[code].title, headers, content };
  }
  return responses;
}
