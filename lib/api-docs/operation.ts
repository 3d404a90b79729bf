import { type Operation, type Parameter, toInput } from "#lib/api-docs/input.ts";
import { type Json, toReference } from "#lib/api-docs/json-schema.ts";
import { listProblems, toProblemResponses } from "#lib/api-docs/problems.ts";
import { withRateHeaders } from "#lib/api-docs/rate-headers.ts";
import type { CallerRole, RouteDescription } from "#lib/http/index.ts";

/** A request that was made, and what it was answered, with ids, times and secrets made up. */
export type Example = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  status: number;
  answer?: unknown;
};

export type OperationObject = {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: (Parameter & { example?: string })[];
  requestBody?: { required: boolean; content: Record<string, Json> };
  responses: Record<string, Json>;
};

/** @throws Error for a route without a description. */
export function toOperationObject(operation: Operation, example: Example | undefined): OperationObject {
  const { describe } = operation.declaration;
  if (!describe) throw new Error(`${operation.method} ${operation.path} is not described.`);
  const { parameters, body } = toInput(operation);
  const fresh = describe.problems?.includes("reauthentication-required");
  return {
    operationId: describe.id,
    summary: describe.summary,
    ...(fresh ? { description: "May need a sign-in younger than 15 minutes." } : {}),
    tags: [operation.path.split("/")[3] ?? ""],
    security: toSecurity(describe),
    parameters: parameters.map((parameter) => withExample(parameter, example)),
    ...(body ? { requestBody: toRequestBody(body, example) } : {}),
    responses: {
      ...withRateHeaders({ ...toAnswers(describe.answers, example), ...toProblemResponses(listProblems(operation)) }),
      "431": { description: "The head of the request is longer than 16 KiB. No body." },
    },
  };
}

/** One requirement for each way in: a person of a role, or an API token with a scope. */
function toSecurity({ person, token }: RouteDescription<unknown>): Record<string, string[]>[] {
  const people = (person ?? []).map((role) => ({ session: role === "member" ? [] : [role satisfies CallerRole] }));
  const tokens = token?.length === 0 ? [{ token: [] }] : (token ?? []).map((scope) => ({ token: [scope] }));
  return [...people, ...tokens];
}

function withExample(parameter: Parameter, example: Example | undefined): Parameter & { example?: string } {
  const given = parameter.in === "path" ? example?.params : example?.query;
  const value = given?.[parameter.name];
  return value === undefined ? parameter : { ...parameter, example: value };
}

function toRequestBody(
  content: Json,
  example: Example | undefined,
): { required: boolean; content: Record<string, Json> } {
  const [[mediaType, body]] = Object.entries(content) as [[string, Json]];
  const shown = example?.body !== undefined ? { example: example.body } : {};
  return { required: isRequired(body.schema as Json), content: { [mediaType]: { ...body, ...shown } } };
}

function isRequired({ required, oneOf }: Json): boolean {
  return required !== undefined || oneOf !== undefined;
}

function toAnswers(answers: RouteDescription<unknown>["answers"], example: Example | undefined): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      if (answer === null) return [status, { description: "Done." }];
      if ("mediaType" in answer) return [status, { description: "Done.", content: { [answer.mediaType]: {} } }];
      const shown = String(example?.status) === status ? { example: example?.answer } : {};
      const content = { "application/json": { schema: toReference(answer), ...shown } };
      return [status, { description: "Done.", content }];
    }),
  );
}
