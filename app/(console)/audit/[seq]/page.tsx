import type { Metadata } from "next";
import { EventBytes, EventFacts } from "#components/audit/event-card.tsx";
import { EventChain } from "#components/audit/event-chain.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { getLedgerEntry, listLedger } from "#lib/ledger/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../_parts/load-page.ts";
import { EvidenceLink } from "../_parts/evidence-link.tsx";

type Props = { params: Promise<{ seq: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Event #${(await params).seq.slice(0, 12)}` };
}

export default async function LedgerEventPage({ params }: Props) {
  const ctx = await pageCtx();
  const { seq } = await params;
  const [entry, newest] = await loadPage(`/audit/${seq}`, () =>
    Promise.all([getLedgerEntry(ctx, { seq }), listLedger(ctx, { limit: 1 })]),
  );
  return (
    <>
      <PageHeader
        crumbs={[{ href: "/audit", label: "Audit" }]}
        title={
          <>
            <span className="tabular-nums">#{entry.seq}</span> {entry.action}
          </>
        }
        description={<VisibleText text={`${entry.subject}, by ${entry.actor}`} />}
        actions={<EvidenceLink entry={entry} />}
      />
      <div className="grid gap-6">
        <EventChain entry={entry} base="/audit" hasNext={(newest.items[0]?.seq ?? 0) > entry.seq} />
        <EventFacts body={entry.body} />
        <EventBytes entry={entry} />
      </div>
    </>
  );
}
