import type { Clause, Selection } from "#lib/channels/view.ts";

export type ClauseKind = "namespace" | "server" | "tag";

/** One clause as its row of the form holds it. Texts are as typed. */
export type DraftClause = {
  /** Tells rows apart; never sent. */
  key: number;
  kind: ClauseKind;
  value: string;
  /** For a namespace or server: only those that carry this tag, too. Empty for any. */
  tag: string;
  /** Namespace asked for beside a server, which the form keeps but does not offer. */
  within?: string;
};

/** A selection being written: every server or those that `include` matches, but for those that `exclude` does. */
export type SelectionDraft = { everything: boolean; include: DraftClause[]; exclude: DraftClause[] };

/** The draft that stands for this selection. `toSelection` gives the same selection back. */
export function toDraft({ include, exclude }: Selection): SelectionDraft {
  const [first, ...more] = include;
  const everything = more.length === 0 && first !== undefined && isEverything(first);
  return {
    everything,
    include: everything ? [] : include.map(toDraftClause),
    exclude: exclude.map((clause, at) => toDraftClause(clause, include.length + at)),
  };
}

/** Whether the clause takes every server. */
export function isEverything({ namespace, server, tag }: Clause): boolean {
  return namespace === "*" && server === undefined && tag === undefined;
}

function toDraftClause({ namespace, server, tag }: Clause, key: number): DraftClause {
  if (server !== undefined) return { key, kind: "server", value: server, tag: tag ?? "", within: namespace };
  if (namespace !== undefined) return { key, kind: "namespace", value: namespace, tag: tag ?? "" };
  return { key, kind: "tag", value: tag ?? "", tag: "" };
}

/** What the draft stands for. Rows in which nothing is written count as not there; nothing is checked. */
export function toSelection({ everything, include, exclude }: SelectionDraft): Selection {
  return {
    include: everything ? [{ namespace: "*" }] : include.filter(isWritten).map(toClause),
    exclude: exclude.filter(isWritten).map(toClause),
  };
}

function isWritten({ value, tag }: DraftClause): boolean {
  return value.trim() !== "" || tag.trim() !== "";
}

function toClause({ kind, value, tag, within }: DraftClause): Clause {
  const written = value.trim();
  if (kind === "tag") return { tag: written.toLowerCase() };
  return {
    ...(kind === "server" && within ? { namespace: within } : {}),
    ...(written ? { [kind]: written } : {}),
    ...(tag.trim() ? { tag: tag.trim().toLowerCase() } : {}),
  };
}

/** An empty row, with a key that none of `rows` has. */
export function addClause(rows: DraftClause[], kind: ClauseKind): DraftClause[] {
  const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
  return [...rows, { key, kind, value: "", tag: "" }];
}

/**
 * Which row a problem at `pointer` of the sent selection belongs to: `/include/1/tag` is the second written row. Null for
 * a pointer that leads to no row.
 */
export function findRow(draft: SelectionDraft, pointer: string): { list: "include" | "exclude"; key: number } | null {
  const [, list, index] = /^\/(include|exclude)\/(\d+)(?:\/|$)/.exec(pointer) ?? [];
  if (list !== "include" && list !== "exclude") return null;
  const row = draft[list].filter(isWritten)[Number(index)];
  return row === undefined || (list === "include" && draft.everything) ? null : { list, key: row.key };
}
