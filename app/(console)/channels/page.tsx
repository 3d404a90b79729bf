import { CircleOff, Plus, Signpost } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { isAdmin, isAuditor } from "#lib/access/index.ts";
import { defaultSlug, listChannels } from "#lib/channels/index.ts";
import type { ChannelListItemView } from "#lib/channels/view.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../_parts/load-page.ts";
import { ChannelTable } from "./_parts/channel-table.tsx";

export const metadata: Metadata = { title: "Channels" };

export default async function ChannelsPage() {
  const ctx = await pageCtx();
  const channels = await loadPage("/channels", () => listChannels(ctx));
  const byLabel = channels.toSorted(compareChannels);
  const answering = byLabel.filter(({ disabledAt }) => disabledAt === null);
  const disabled = byLabel.filter(({ disabledAt }) => disabledAt !== null);
  const mayOpen = isAuditor(ctx.actor);
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
      <div className="grid gap-6">
        <Card flush>
          {answering.length > 0 ? (
            <ChannelTable caption="Channels" channels={answering} mayOpen={mayOpen} />
          ) : (
            <EmptyState icon={CircleOff} title="No channel answers">
              Every channel is disabled: no client reads anything until one is enabled.
            </EmptyState>
          )}
          {channels.length === 1 ? (
            <div className="border-t border-line">
              <EmptyState icon={Signpost} title="Only the default channel so far">
                Another channel gives a team, a partner or a pipeline an address of its own, with its own readers and a
                part of the catalogue.
              </EmptyState>
            </div>
          ) : null}
        </Card>
        {disabled.length > 0 ? (
          <Card title="Disabled" description="Nobody reads these; each can be enabled again." flush>
            <ChannelTable caption="Disabled channels" channels={disabled} mayOpen={mayOpen} />
          </Card>
        ) : null}
      </div>
    </>
  );
}

/** The default channel first, the others as people look for them. */
function compareChannels(a: ChannelListItemView, b: ChannelListItemView): number {
  const byDefault = Number(b.slug === defaultSlug) - Number(a.slug === defaultSlug);
  return byDefault || a.label.localeCompare(b.label, "en", { numeric: true }) || a.slug.localeCompare(b.slug);
}
