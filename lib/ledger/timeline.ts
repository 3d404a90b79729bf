import { findLedgerRowsAbout } from "#lib/ledger/store.ts";
import { toLedgerEntryView } from "#lib/ledger/to-view.ts";
import type { LedgerEntryView } from "#lib/ledger/view.ts";

const maxEvents = 200;

/** Events about exactly this subject, oldest first, at most the newest 200. Asks nobody for permission: the caller did. */
export async function listEventsAbout(subject: string): Promise<LedgerEntryView[]> {
  return (await findLedgerRowsAbout(subject, maxEvents)).map(toLedgerEntryView).reverse();
}
