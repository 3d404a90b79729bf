import { DomainError, type FieldProblem, isDomainError, PROBLEMS, type ProblemCode } from "#lib/core/errors.ts";
import { problemType } from "#lib/core/identifiers.ts";

/** RFC 9457 problem document, members at top level. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  requestId: string;
  errors?: FieldProblem[];
  [extension: string]: unknown;
};

/**
 * The one mapper from whatever was thrown to what a caller may read. Anything that is not a DomainError becomes
 * the fixed `internal` problem: its message never leaves.
 */
export function toProblem(error: unknown, at: { registryId: string; requestId: string }): Problem {
  const known = isDomainError(error) ? error : new DomainError("internal", "The request could not be completed.");
  const { status, title } = PROBLEMS[known.code];
  return {
    ...known.extensions,
    type: problemType(at.registryId, known.code),
    title,
    status,
    detail: known.detail,
    code: known.code,
    requestId: at.requestId,
    ...(known.fields.length > 0 ? { errors: known.fields } : {}),
  };
}
