import { isAdmin } from "#lib/access/index.ts";
import type { Actor } from "#lib/core/context.ts";
import type { PolicyChangeView } from "#lib/namespaces/view.ts";
import type { Obstacle } from "#lib/policy-changes/independence.ts";
import type { ChangeRow } from "#lib/policy-changes/store.ts";

/**
 * @param names of people, by id.
 * @param obstacle why the reader, though an admin and not the proposer, may not confirm it.
 */
export function toChangeView(
  row: ChangeRow,
  names: ReadonlyMap<string, string>,
  reader: Actor,
  obstacle: Obstacle | null = null,
): PolicyChangeView {
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
    mayConfirm: row.state === "waiting" && isAdmin(reader) && !isProposer && !obstacle,
    confirmFrom: obstacle?.from?.toISOString() ?? null,
    confirmObstacle: obstacle?.reason ?? null,
  };
}
