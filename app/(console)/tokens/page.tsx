import { KeyRound, Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { isAdmin, listTokens } from "#lib/access/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../_parts/load-page.ts";
import { TokenTable } from "./_parts/token-table.tsx";

export const metadata: Metadata = { title: "API tokens" };

export default async function TokensPage() {
  const ctx = await pageCtx();
  const tokens = await loadPage("/tokens", () => listTokens(ctx));
  const active = tokens.filter((token) => token.state === "active");
  const ended = tokens.filter((token) => token.state !== "active");
  const create = (
    <Button asChild variant="primary">
      <Link href="/tokens/new">
        <Plus aria-hidden="true" /> New token
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader
        title="API tokens"
        description={
          isAdmin(ctx.actor)
            ? "Every token of this registry. A token never approves, revokes or administers, whoever owns it."
            : "Your tokens for the API and the command line. A token never approves, revokes or administers."
        }
        actions={create}
      />
      <div className="grid gap-6">
        <Card flush>
          {active.length > 0 ? (
            <TokenTable caption="Active tokens" tokens={active} now={ctx.now()} />
          ) : (
            <EmptyState icon={KeyRound} title="No active token">
              A token lets the command line or a pipeline publish and read without your password.
            </EmptyState>
          )}
        </Card>
        {ended.length > 0 ? (
          <Card title="Ended" description="Revoked or expired; kept for the record." flush>
            <TokenTable caption="Ended tokens" tokens={ended} now={ctx.now()} />
          </Card>
        ) : null}
      </div>
    </>
  );
}
