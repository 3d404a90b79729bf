import type { ProblemShown } from "../ui/problem-notice.tsx";

export type SplitProblem = { fields: Record<string, string>; rest: ProblemShown | null };

/**
 * Gives each problem to the field its JSON pointer starts with; what belongs to no field stays in the notice. A field
 * holds one text: several problems of one field are joined.
 * @param hasField whether the form shows a field of this name
 */
export function splitProblem(problem: ProblemShown | null, hasField: (name: string) => boolean): SplitProblem {
  if (!problem) return { fields: {}, rest: null };
  const fields: Record<string, string> = {};
  const rest: NonNullable<ProblemShown["errors"]> = [];
  for (const error of problem.errors ?? []) {
    const name = error.pointer.split("/")[1] ?? "";
    if (name === "" || !(hasField(name) || hasField(`${name}[]`))) rest.push(error);
    else fields[name] = fields[name] ? `${fields[name]} ${error.detail}` : error.detail;
  }
  return { fields, rest: { ...problem, errors: rest } };
}
