import type { ProblemShown } from "../ui/problem-notice.tsx";

export type SplitProblem = { fields: Record<string, string>; rest: ProblemShown | null };

/**
 * Gives each problem to the field its JSON pointer leads to: `/claims/triggers/0` to the first shown of
 * `claims.triggers.0`, `claims.triggers` and `claims`. What belongs to no field stays in the notice, which is left out when
 * the fields say everything. A field holds one text: several problems of one field are joined.
 * @param hasField whether the form shows a field of this name
 */
export function splitProblem(problem: ProblemShown | null, hasField: (name: string) => boolean): SplitProblem {
  if (!problem) return { fields: {}, rest: null };
  const fields: Record<string, string> = {};
  const rest: NonNullable<ProblemShown["errors"]> = [];
  for (const error of problem.errors ?? []) {
    const name = toFieldNames(error.pointer).find((field) => hasField(field) || hasField(`${field}[]`));
    if (name === undefined) rest.push(error);
    else fields[name] = fields[name] ? `${fields[name]} ${error.detail}` : error.detail;
  }
  const toldAtFields = problem.code === "invalid-input" && rest.length === 0 && Object.keys(fields).length > 0;
  return { fields, rest: toldAtFields ? null : { ...problem, errors: rest } };
}

/** Names a field for this pointer may have, the most exact first. */
function toFieldNames(pointer: string): string[] {
  const keys = pointer.split("/").slice(1);
  return keys.map((_, index) => keys.slice(0, keys.length - index).join("."));
}
