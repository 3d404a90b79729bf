import type { z } from "zod";
import { DomainError, type FieldProblem } from "#lib/core/errors.ts";
import { toPointer } from "#lib/core/json-pointer.ts";
import { findUnstorableText } from "#lib/core/storable-text.ts";

const maxFields = 50;

/**
 * Shape of an input, every problem at once at its JSON pointer (at most 50). Text that could not be stored is refused
 * before, so that no verb and no store meets it.
 * @throws DomainError `invalid-input`.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const unstorable = findUnstorableText(value);
  if (unstorable)
    throw invalid([{ pointer: toPointer(unstorable), detail: "This text cannot be kept.", code: "text" }]);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.slice(0, maxFields).map((issue) => ({
    pointer: toPointer(issue.path.map((key) => (typeof key === "symbol" ? String(key) : key))),
    detail: issue.message,
    code: issue.code,
  }));
  throw invalid(fields);
}

function invalid(fields: FieldProblem[]): DomainError {
  return new DomainError("invalid-input", "Some of the input is not valid.", { fields });
}
