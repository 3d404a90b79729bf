import { listInsideNamespaces, requireReader } from "#lib/access/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { countPendingByNamespace, listVisibleNamespaces } from "#lib/namespaces/store.ts";
import { toSummaryView } from "#lib/namespaces/to-view.ts";
import type { NamespaceSummaryView } from "#lib/namespaces/view.ts";

/** The namespaces the caller has something to do with (admins and auditors: all), by name, at most 1000. */
export async function listNamespaces(ctx: Ctx): Promise<NamespaceSummaryView[]> {
  const actor = requireReader(ctx);
  const rows = await listVisibleNamespaces(listInsideNamespaces(actor));
  const pending = await countPendingByNamespace(rows.map((row) => row.id));
  return rows.map((row) => toSummaryView(row, pending.get(row.id) ?? 0));
}
