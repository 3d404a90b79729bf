import type { z } from "zod";
import type { Operation } from "#lib/api-docs/input.ts";
import { listProblems } from "#lib/api-docs/problems.ts";
import { Problem } from "#lib/api-docs/shapes/problem.ts";
import { PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";
import { problemType } from "#lib/core/identifiers.ts";
import { type OperationAnswer, toJson } from "#lib/testing/api-docs/call-operation.ts";
import { testRegistryId } from "#lib/testing/lifecycle.ts";

/** In what an answer is not as the document says; null when it is. */
export function findBreach(operation: Operation, answer: OperationAnswer): string | null {
  if (answer.status >= 500) return `status ${answer.status}`;
  if (answer.headers.get("x-content-type-options") !== "nosniff") return "may be sniffed";
  if (!/^[0-9a-f-]{36}$/.test(answer.headers.get("x-request-id") ?? "")) return "has no request id";
  if (!answer.headers.has("ratelimit")) return "does not say what is left of its limit";
  return answer.status >= 400 ? findProblemBreach(operation, answer) : findAnswerBreach(operation, answer);
}

function findAnswerBreach({ declaration }: Operation, answer: OperationAnswer): string | null {
  const { status, mediaType, bytes } = answer;
  const described = declaration.describe?.answers[status];
  if (answer.headers.get("cache-control") !== (declaration.cache ?? "no-store")) return "may be stored";
  if (described === undefined) return `status ${status} is not described`;
  if (described === null) return bytes.length === 0 ? null : "has a body";
  if ("mediaType" in described) return mediaType === described.mediaType ? null : `media type ${mediaType}`;
  if (mediaType !== "application/json") return `media type ${mediaType}`;
  return findShapeBreach(described, toJson(answer));
}

function findProblemBreach(operation: Operation, answer: OperationAnswer): string | null {
  if (answer.headers.get("cache-control") !== "no-store") return "a refusal may be stored";
  if (answer.mediaType !== "application/problem+json") return `media type ${answer.mediaType}`;
  const breach = findShapeBreach(Problem, toJson(answer));
  if (breach) return breach;
  const { code, type, status, title } = toJson(answer) as { code: ProblemCode } & Record<string, unknown>;
  if (!listProblems(operation).includes(code)) return `problem ${code} is not described`;
  const fixed = PROBLEMS[code];
  const agrees = type === problemType(testRegistryId, code) && status === answer.status && status === fixed.status;
  return agrees && title === fixed.title ? null : `problem ${code} with other members than described`;
}

function findShapeBreach(shape: z.ZodType, value: unknown): string | null {
  const { success, error } = shape.safeParse(value);
  return success ? null : `not as described: ${JSON.stringify(error.issues.slice(0, 3))}`;
}
