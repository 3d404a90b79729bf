import { Tags } from "lucide-react";
import type { Metadata } from "next";
import { WaitingChanges } from "#components/admin/waiting-changes.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { isAdmin } from "#lib/access/index.ts";
import { listChanges, listNamespaces } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../_parts/load-page.ts";
import { CreateNamespace } from "./_parts/create-namespace.tsx";
import { NamespaceTable } from "./_parts/namespace-table.tsx";

export const metadata: Metadata = { title: "Namespaces" };

export default async function NamespacesPage() {
  const ctx = await pageCtx();
  const [namespaces, changes] = await loadPage("/namespaces", () =>
    Promise.all([listNamespaces(ctx), listChanges(ctx, { state: "waiting" })]),
  );
  const create = isAdmin(ctx.actor) ? <CreateNamespace /> : undefined;
  return (
    <>
      <PageHeader
        title="Namespaces"
        description="Who owns the names before the slash, who may publish under them, and what approval asks for."
        actions={create}
      />
      <WaitingChanges changes={changes} now={ctx.now()} />
      <Card flush>
        {namespaces.length > 0 ? (
          <NamespaceTable namespaces={namespaces} />
        ) : (
          <EmptyState icon={Tags} title="No namespace yet" actions={create}>
            A namespace such as <code className="font-mono">io.github.acme</code> must exist before anything is
            published under it.
          </EmptyState>
        )}
      </Card>
    </>
  );
}
