import { listInsideNamespaces, requireReader } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { namespaceNotFound } from "#lib/namespaces/not-found.ts";
import { namespaceNameInput } from "#lib/namespaces/schemas.ts";
import { countPendingByNamespace, findVisibleNamespace } from "#lib/namespaces/store.ts";
import { toSummaryView } from "#lib/namespaces/to-view.ts";
import type { NamespaceView } from "#lib/namespaces/view.ts";
import { listChanges } from "#lib/policy-changes/index.ts";
import { listNamespaceKeys, listNamespaceRules } from "#lib/publishers/index.ts";

/**
 * One namespace with its rules, keys and waiting changes.
 * @throws DomainError `not-found`, the same for a missing one and one the caller has nothing to do with.
 */
export async function getNamespace(ctx: Ctx, input: unknown): Promise<NamespaceView> {
  const actor = requireReader(ctx);
  const { name } = parseInput(namespaceNameInput, input);
  const row = await findVisibleNamespace(name, listInsideNamespaces(actor));
  if (!row) throw namespaceNotFound();
  const [pending, rules, keys, changes] = await Promise.all([
    countPendingByNamespace([row.id]),
    listNamespaceRules(row.id),
    listNamespaceKeys(row.id),
    listChanges(ctx, { state: "waiting" }),
  ]);
  const own = changes.filter((change) => change.namespace === row.name);
  return { ...toSummaryView(row, pending.get(row.id) ?? 0), rules, keys, changes: own };
}
