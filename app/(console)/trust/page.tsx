import { Fingerprint } from "lucide-react";
import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { pageCtx } from "#lib/session/index.ts";
import { listTrustRoots } from "#lib/trust/index.ts";
import { loadPage } from "../../_parts/load-page.ts";
import { TrustRootCard } from "./_parts/trust-root-card.tsx";

export const metadata: Metadata = { title: "Trust roots" };

export default async function TrustPage() {
  const ctx = await pageCtx();
  const roots = await loadPage("/trust", () => listTrustRoots(ctx));
  return (
    <>
      <PageHeader
        title="Trust roots"
        description="Whose certificates, logs and timestamps are believed, and for which issuers each may speak. Read only: roots come with the product or from the host."
      />
      <div className="grid gap-6">
        {roots.map((root) => (
          <TrustRootCard key={`${root.slug} ${root.version}`} root={root} now={ctx.now()} />
        ))}
        {roots.length === 0 ? (
          <Card flush>
            <EmptyState icon={Fingerprint} title="No trust root">
              Only managed keys can be used for publishing.
            </EmptyState>
          </Card>
        ) : null}
      </div>
    </>
  );
}
