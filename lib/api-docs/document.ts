import type { Operation } from "#lib/api-docs/input.ts";
import { type Json, toComponentSchemas } from "#lib/api-docs/json-schema.ts";
import { type Example, type OperationObject, toOperationObject } from "#lib/api-docs/operation.ts";
import { toProblemSchemas } from "#lib/api-docs/problems.ts";
import { rateHeaders } from "#lib/api-docs/rate-headers.ts";

export type ApiDocument = Json & { paths: Record<string, Record<string, OperationObject>> };

export type DescribeOptions = {
  registryId: string;
  operations: readonly Operation[];
  /** By operation id. */
  examples: Readonly<Record<string, Example>>;
};

const description = `People sign in with \`POST /api/v1/sessions\`; programs use API tokens. Both are sent as
\`Authorization: Bearer …\`; cookies count for nothing. Tokens never approve, revoke or administer, whatever their owner may do.
Input of the wrong shape is refused before anything is written; what may not be seen is the same 404 as what is not there.
Requests are counted by valid bearer or by network, as \`RateLimit\` says; one too many is 429 with \`Retry-After\`.
Every refusal is a problem document (RFC 9457) whose \`type\` is a page that explains it. \`GET\` answers \`HEAD\`, too.`;

/**
 * `/api/v1` in OpenAPI 3.1, from the declarations of its routes and the schemas they parse with. Not described: what a
 * proxy in front may answer, and the 405 with \`Allow\` of methods an address lacks.
 * @throws Error for a route without a description, or two of one id.
 */
export function describeApi({ registryId, operations, examples }: DescribeOptions): ApiDocument {
  const paths: ApiDocument["paths"] = {};
  const seen = new Set<string>();
  for (const operation of operations) {
    const described = toOperationObject(operation, examples[operation.declaration.describe?.id ?? ""]);
    if (seen.has(described.operationId)) throw new Error(`Two operations are called ${described.operationId}.`);
    seen.add(described.operationId);
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Countersign API", version: "1", description },
    servers: [{ url: registryId }],
    paths,
    components: {
      securitySchemes,
      headers: rateHeaders,
      schemas: { ...toComponentSchemas(), ...toProblemSchemas(registryId) },
    },
  };
}

const securitySchemes = {
  session: {
    type: "http",
    scheme: "bearer",
    description: "An API session (`css_…`) of a person; the role they need is named.",
  },
  token: {
    type: "http",
    scheme: "bearer",
    description: "An API token (`cst_…`); the scope it needs is named.",
  },
};
