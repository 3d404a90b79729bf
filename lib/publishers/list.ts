import { transact } from "#lib/db/transact.ts";
import { findNames, listKeyRows, listRuleRows } from "#lib/publishers/store.ts";
import { toKeyView, toRuleView } from "#lib/publishers/to-view.ts";
import type { ManagedKeyView, RuleView } from "#lib/publishers/view.ts";

/** Rules of a namespace, the oldest first. Asks nobody for permission: the caller did. */
export async function listNamespaceRules(namespaceId: string): Promise<RuleView[]> {
  return (await transact((tx) => listRuleRows(tx, namespaceId))).map(toRuleView);
}

/** Keys of a namespace, the oldest first. Asks nobody for permission: the caller did. */
export async function listNamespaceKeys(namespaceId: string): Promise<ManagedKeyView[]> {
  const rows = await transact((tx) => listKeyRows(tx, namespaceId));
  const names = await findNames(rows.flatMap((row) => row.controllerIds));
  return rows.map((row) => toKeyView(row, names));
}
