import type { Metadata } from "next";
import { Suspense } from "react";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { listLedger } from "#lib/ledger/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../_parts/load-page.ts";
import { AuditHeader } from "../_parts/audit-header.tsx";
import { ChainStates } from "./_parts/chain-states.tsx";

export const metadata: Metadata = { title: "Chain state" };

export default async function ChainStatePage() {
  const ctx = await pageCtx();
  // Walking the chains takes a while; whether this reader may ask is settled before the answer starts.
  await loadPage("/audit/state", () => listLedger(ctx, { limit: 1 }));
  return (
    <>
      <AuditHeader active="state" />
      <Suspense fallback={<Walking />}>
        <ChainStates ctx={ctx} />
      </Suspense>
      <p className="mt-6 max-w-3xl text-sm text-muted">
        A chain that was rewritten as a whole agrees with itself. What gives it away are copies elsewhere: the audit
        heads in approvals that clients hold, and exports kept outside this host.
      </p>
    </>
  );
}

function Walking() {
  return (
    <div role="status" aria-label="Walking both chains" className="grid gap-6">
      <Skeleton className="h-20" />
      <Skeleton className="h-52" />
      <Skeleton className="h-52" />
    </div>
  );
}
