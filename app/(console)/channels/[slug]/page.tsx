import type { Metadata } from "next";
import { channelPath } from "#components/channels/channel-path.ts";
import { RecipeList } from "#components/channels/recipe-list.tsx";
import { SelectionSummary } from "#components/channels/selection-summary.tsx";
import { countServers, ServerNames } from "#components/channels/server-names.tsx";
import { Card } from "#components/ui/card.tsx";
import { isAdmin } from "#lib/access/index.ts";
import { getChannel, listChannelReaders, listChannelServers } from "#lib/channels/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../_parts/load-page.ts";
import { AddressCard } from "./_parts/address-card.tsx";
import { ChannelFacts } from "./_parts/channel-facts.tsx";
import { ChannelHeader } from "./_parts/channel-header.tsx";
import { RecentReaders, readReadersPage } from "./_parts/recent-readers.tsx";
import { toBase } from "./_parts/to-base.ts";

export const metadata: Metadata = { title: "Channel" };

type PageProps = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ChannelPage({ params, searchParams }: PageProps) {
  const [ctx, { slug }, query] = await Promise.all([pageCtx(), params, searchParams]);
  const page = readReadersPage(query);
  const [channel, recent, servers] = await loadPage(channelPath(slug), () =>
    Promise.all([
      getChannel(ctx, { slug }),
      listChannelReaders(ctx, { slug, ...page }),
      listChannelServers(ctx, { slug }),
    ]),
  );
  const now = ctx.now();
  const mayChange = isAdmin(ctx.actor);
  const base = toBase(channel, ctx.registryId);
  return (
    <>
      <ChannelHeader channel={channel} mayChange={mayChange} now={now} />
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 content-start gap-6">
          <AddressCard channel={channel} base={base} mayChange={mayChange} now={now} />
          <Card title="How clients connect">
            <RecipeList base={base} audience={channel.audience} />
          </Card>
          <RecentReaders channel={channel} recent={recent} />
        </div>
        <div className="grid min-w-0 content-start gap-6">
          <Card title="What it shows" description={`${countServers(servers.total)} with a version that resolves`}>
            <div className="grid gap-4">
              <SelectionSummary selection={channel.selection} />
              {servers.total === 0 ? (
                <p className="text-sm text-muted">Nothing resolves by that now: clients get an empty list.</p>
              ) : null}
              <ServerNames set={servers} linked />
            </div>
          </Card>
          <ChannelFacts channel={channel} />
        </div>
      </div>
    </>
  );
}
