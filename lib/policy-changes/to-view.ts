import { isAdmin } from "#lib/access/index.ts";
import type { Actor } from "#lib/core/context.ts";
import type { PolicyChangeView } from "#lib/namespaces/view.ts";
import type { ChangeRow } from "#lib/policy-changes/store.ts";

/** @param names of people, by id. */
export function toChangeView(row: ChangeRow, names: ReadonlyMap<string, string>, reader: Actor): PolicyChangeView {
  const isProposer = reader.kind === "person" && reader.personId === row.proposedById;
  return {
    id: row.id,
    namespace: row.namespace?.name ?? null,
    kind: row.kind,
    summary: row.summary,
    state: row.state,
    proposedBy: names.get(row.proposedById) ?? "unknown",
    proposedAt: row.proposedAt.toISOString(),
    effectiveAt: row.effectiveAt?.toISOString() ?? null,
    mayConfirm: row.state === "waiting" && isAdmin(reader) && !isProposer,
  };
}
