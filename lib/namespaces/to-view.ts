import type { NamespaceRow } from "#lib/namespaces/store.ts";
import type { NamespaceSummaryView } from "#lib/namespaces/view.ts";

export function toSummaryView(row: NamespaceRow, pending: number): NamespaceSummaryView {
  const { name, requiredApprovals, lifetimeDays, unpinned, maxPending } = row;
  return {
    name,
    owners: row.owners.map(({ person }) => person),
    requiredApprovals,
    lifetimeDays,
    unpinned,
    maxPending,
    servers: row._count.servers,
    pending,
    activeRules: row._count.rules,
  };
}
