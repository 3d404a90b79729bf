import { CircleCheck } from "lucide-react";
import type { Metadata } from "next";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { isAdmin, ownsNamespace } from "#lib/access/index.ts";
import type { Actor } from "#lib/core/context.ts";
import { listChanges } from "#lib/namespaces/index.ts";
import type { PolicyChangeView } from "#lib/namespaces/view.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../_parts/load-page.ts";
import { ChangeItem } from "./_parts/change-item.tsx";

export const metadata: Metadata = { title: "Policy changes" };

export default async function PolicyChangesPage() {
  const ctx = await pageCtx();
  const changes = await loadPage("/policy-changes", () => listChanges(ctx));
  const waiting = changes.filter((change) => change.state === "waiting");
  const decided = changes.filter((change) => change.state !== "waiting");
  return (
    <>
      <PageHeader
        crumbs={[{ href: "/namespaces", label: "Namespaces" }]}
        title="Policy changes"
        description="Whatever loosens protection waits here for a second administrator, or, where there is only one, for a delay in which it can be seen and cancelled."
      />
      <div className="grid gap-6">
        <Card title="Waiting" flush>
          {waiting.length === 0 ? (
            <EmptyState icon={CircleCheck} title="Nothing waits">
              Every change of policy is in force or was cancelled.
            </EmptyState>
          ) : (
            <ul>
              {waiting.map((change) => (
                <ChangeItem key={change.id} change={change} now={ctx.now()} mayCancel={mayCancel(ctx.actor, change)} />
              ))}
            </ul>
          )}
        </Card>
        {decided.length > 0 ? (
          <Card title="Decided" flush>
            <ul>
              {decided.slice(0, 50).map((change) => (
                <ChangeItem key={change.id} change={change} now={ctx.now()} mayCancel={false} />
              ))}
            </ul>
          </Card>
        ) : null}
      </div>
    </>
  );
}

/** Whether to offer it; the verb decides. */
function mayCancel(actor: Actor, { namespace }: PolicyChangeView): boolean {
  return isAdmin(actor) || (namespace !== null && ownsNamespace(actor, namespace));
}
