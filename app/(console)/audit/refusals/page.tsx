import { ShieldCheck } from "lucide-react";
import type { Metadata } from "next";
import { EventTable } from "#components/audit/event-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listRefusals } from "#lib/ledger/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../_parts/load-page.ts";
import { AuditHeader } from "../_parts/audit-header.tsx";
import { EventFilter } from "../_parts/event-filter.tsx";
import { OlderEvents } from "../_parts/older-events.tsx";
import { readSearch, type SearchParams } from "../_parts/read-search.ts";

export const metadata: Metadata = { title: "Refusals and sign-ins" };

export default async function RefusalsPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await pageCtx();
  const { action: _none, ...filter } = await readSearch(searchParams);
  const { items, next } = await loadPage("/audit/refusals", () => listRefusals(ctx, filter));
  return (
    <>
      <AuditHeader active="refusals" />
      <EventFilter filter={filter} />
      <Card flush>
        {items.length > 0 ? (
          <EventTable caption="Refusals and sign-ins" items={items} base="/audit/refusals" />
        ) : (
          <EmptyState icon={ShieldCheck} title="Nothing was refused, and nobody signed in">
            Refused uploads, approvals and sign-ins appear here, and sign-ins that succeeded (signed-in). Floods are
            counted and written as one event.
          </EmptyState>
        )}
      </Card>
      <OlderEvents base="/audit/refusals" filter={filter} next={next} />
    </>
  );
}
