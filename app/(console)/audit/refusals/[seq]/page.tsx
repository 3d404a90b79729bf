import type { Metadata } from "next";
import { EventBytes, EventFacts } from "#components/audit/event-card.tsx";
import { EventChain } from "#components/audit/event-chain.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { isAdmin, ownsNamespace } from "#lib/access/index.ts";
import { getRefusal, listRefusals } from "#lib/ledger/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../../_parts/load-page.ts";
import { MakeRule } from "./_parts/make-rule.tsx";

type Props = { params: Promise<{ seq: string }> };

const crumbs = [
  { href: "/audit", label: "Audit" },
  { href: "/audit/refusals", label: "Refusals and sign-ins" },
];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Event #${(await params).seq.slice(0, 12)}` };
}

export default async function RefusalPage({ params }: Props) {
  const ctx = await pageCtx();
  const { seq } = await params;
  const [entry, newest] = await loadPage(`/audit/refusals/${seq}`, () =>
    Promise.all([getRefusal(ctx, { seq }), listRefusals(ctx, { limit: 1 })]),
  );
  const { namespace } = entry;
  const mayAdd = isAdmin(ctx.actor) || (namespace !== null && ownsNamespace(ctx.actor, namespace));
  return (
    <>
      <PageHeader
        crumbs={crumbs}
        title={
          <>
            <span className="tabular-nums">#{entry.seq}</span>{" "}
            {entry.kind === "signed-in" ? "signed in" : `${entry.kind} refused`}
          </>
        }
        description={<VisibleText text={entry.subject} />}
        actions={mayAdd ? <MakeRule entry={entry} /> : undefined}
      />
      <div className="grid gap-6">
        <EventChain entry={entry} base="/audit/refusals" hasNext={(newest.items[0]?.seq ?? 0) > entry.seq} />
        <EventFacts body={entry.body} />
        <EventBytes entry={entry} />
      </div>
    </>
  );
}
