import { Plus, Signpost } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { isAdmin, isAuditor } from "#lib/access/index.ts";
import { listChannels } from "#lib/channels/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../_parts/load-page.ts";
import { ChannelTable } from "./_parts/channel-table.tsx";

export const metadata: Metadata = { title: "Channels" };

export default async function ChannelsPage() {
  const ctx = await pageCtx();
  const channels = await loadPage("/channels", () => listChannels(ctx));
  const create = isAdmin(ctx.actor) ? (
    <Button asChild variant="primary">
      <Link href="/channels/new">
        <Plus aria-hidden="true" /> New channel
      </Link>
    </Button>
  ) : undefined;
  return (
    <>
      <PageHeader
        title="Channels"
        description="Addresses at which clients read the catalogue: for whom each is, and which servers it shows. A channel never shows what was not countersigned."
        actions={create}
      />
      <Card flush>
        <ChannelTable channels={channels} mayOpen={isAuditor(ctx.actor)} />
        {channels.length === 1 ? (
          <div className="border-t border-line">
            <EmptyState icon={Signpost} title="Only the default channel so far" actions={create}>
              Another channel gives a team, a partner or a pipeline an address of its own, with its own readers and a
              part of the catalogue.
            </EmptyState>
          </div>
        ) : null}
      </Card>
    </>
  );
}
