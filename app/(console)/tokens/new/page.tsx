import type { Metadata } from "next";
import { PageHeader } from "#components/ui/page-header.tsx";
import { isAdmin, isAuditor, listTokens } from "#lib/access/index.ts";
import { listNamespaces } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../_parts/load-page.ts";
import { NewToken } from "./_parts/new-token.tsx";

export const metadata: Metadata = { title: "New API token" };

export default async function NewTokenPage() {
  const ctx = await pageCtx();
  const [namespaces] = await loadPage("/tokens/new", () => Promise.all([listNamespaces(ctx), listTokens(ctx)]));
  return (
    <>
      <PageHeader
        crumbs={[{ href: "/tokens", label: "API tokens" }]}
        title="New API token"
        description="Give it the least it needs. It never does more than its owner may do at the moment it is used."
      />
      <div className="max-w-2xl">
        <NewToken
          namespaces={namespaces.map(({ name }) => name)}
          mayMakeRobots={isAdmin(ctx.actor)}
          mayGiveAudit={isAuditor(ctx.actor)}
        />
      </div>
    </>
  );
}
