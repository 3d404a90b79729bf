import { ScrollText } from "lucide-react";
import type { Metadata } from "next";
import { EventTable } from "#components/audit/event-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LEDGER_ACTIONS, listLedger } from "#lib/ledger/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../_parts/load-page.ts";
import { AuditHeader } from "./_parts/audit-header.tsx";
import { EventFilter } from "./_parts/event-filter.tsx";
import { OlderEvents } from "./_parts/older-events.tsx";
import { readSearch, type SearchParams, toListInput } from "./_parts/read-search.ts";

export const metadata: Metadata = { title: "Audit" };

export default async function LedgerPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await pageCtx();
  const filter = await readSearch(searchParams);
  const { items, next } = await loadPage("/audit", () => listLedger(ctx, toListInput(filter)));
  return (
    <>
      <AuditHeader active="ledger" />
      <EventFilter actions={LEDGER_ACTIONS} filter={filter} />
      <Card flush>
        {items.length > 0 ? (
          <EventTable caption="Events of the ledger" items={items} base="/audit" />
        ) : (
          <EmptyState icon={ScrollText} title="No event like this">
            Nothing in the ledger fits the filter.
          </EmptyState>
        )}
      </Card>
      <OlderEvents base="/audit" filter={filter} next={next} />
    </>
  );
}
