import type { ProblemShown } from "../ui/problem-notice.tsx";
import { findRow, type SelectionDraft } from "./selection-draft.ts";

export type RowErrors = {
  rows: { include: Map<number, string>; exclude: Map<number, string> };
  /** Whether the rows say everything that is wrong. */
  complete: boolean;
};

/** Gives the problems of a selection, as pointers into `{selection}`, to the rows of the draft it was made from. */
export function toRowErrors(problem: ProblemShown | null, about: SelectionDraft): RowErrors {
  const rows: RowErrors["rows"] = { include: new Map(), exclude: new Map() };
  const errors = problem?.errors ?? [];
  let told = 0;
  for (const { pointer, detail } of errors) {
    const row = findRow(about, pointer.replace(/^\/selection/, ""));
    if (!row) continue;
    rows[row.list].set(row.key, detail);
    told += 1;
  }
  return { rows, complete: problem?.code === "invalid-input" && told > 0 && told === errors.length };
}
