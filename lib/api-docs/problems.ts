import type { Operation } from "#lib/api-docs/input.ts";
import type { Json } from "#lib/api-docs/json-schema.ts";
import { PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";
import { problemType } from "#lib/core/identifiers.ts";

const always: ProblemCode[] = [
  "bad-request",
  "unauthenticated",
  "invalid-input",
  "misdirected-request",
  "rate-limited",
  "internal",
  "unavailable",
];
const withBody: ProblemCode[] = ["payload-too-large", "unsupported-media-type"];

/** Everything an operation may refuse with: what the adapter of all routes does, and what its declaration names. */
export function listProblems({ method, declaration }: Operation): ProblemCode[] {
  const { caller, describe } = declaration;
  const codes = [...always, ...(describe?.problems ?? [])];
  if (caller === "authenticated") codes.push("forbidden");
  if (method !== "GET") codes.push(...withBody);
  return [...new Set(codes)];
}

/** Responses by status, each with the problems it may be. */
export function toProblemResponses(codes: readonly ProblemCode[]): Record<string, Json> {
  const byStatus = Object.groupBy(codes, (code) => String(PROBLEMS[code].status));
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, some = []]) => [
      status,
      {
        description: some.map((code) => PROBLEMS[code].title).join("; "),
        ...headersOf(status),
        content: { "application/problem+json": { schema: toSchema(some) } },
      },
    ]),
  );
}

/** One schema for each code, with the `type`, `title` and `status` that always go with it. */
export function toProblemSchemas(registryId: string): Record<string, Json> {
  const codes = Object.entries(PROBLEMS).map(([code, { status, title }]) => {
    const properties = {
      type: { const: problemType(registryId, code) },
      code: { const: code },
      status: { const: status },
      title: { const: title },
    };
    return [nameOf(code), { allOf: [{ $ref: "#/components/schemas/Problem" }, { properties }] }];
  });
  return Object.fromEntries(codes);
}

function headersOf(status: string): Json {
  if (status === "401") return { headers: { "WWW-Authenticate": { schema: { type: "string" } } } };
  const wait = { "Retry-After": { description: "Seconds.", schema: { type: "integer", minimum: 1 } } };
  return status === "429" ? { headers: wait } : {};
}

function toSchema(codes: readonly ProblemCode[]): Json {
  const references = codes.map((code) => ({ $ref: `#/components/schemas/${nameOf(code)}` }));
  return references.length === 1 ? { ...references[0] } : { oneOf: references };
}

const nameOf = (code: string): string => `Problem.${code}`;
