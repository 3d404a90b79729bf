import type { Metadata } from "next";
import { channelPath } from "#components/channels/channel-path.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { VisibleText } from "#components/ui/visible-text.tsx";
import { requireAdmin } from "#lib/access/index.ts";
import { getChannel } from "#lib/channels/index.ts";
import { config } from "#lib/config/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../../_parts/load-page.ts";
import { loadSuggestions } from "../../_parts/load-suggestions.ts";
import { EditChannel } from "./_parts/edit-channel.tsx";

export const metadata: Metadata = { title: "Edit channel" };

export default async function EditChannelPage({ params }: { params: Promise<{ slug: string }> }) {
  const [ctx, { slug }] = await Promise.all([pageCtx(), params]);
  const [channel, suggestions] = await loadPage(`${channelPath(slug)}/edit`, () => {
    requireAdmin(ctx);
    return Promise.all([getChannel(ctx, { slug }), loadSuggestions(ctx)]);
  });
  return (
    <>
      <PageHeader
        crumbs={[
          { href: "/channels", label: "Channels" },
          { href: channelPath(slug), label: channel.label },
        ]}
        title={<VisibleText text={`Edit “${channel.label}”`} />}
        description="What is saved takes effect within a second, on every replica."
      />
      <EditChannel key={channel.edition} channel={channel} suggestions={suggestions} closed={!config().anonymousRead} />
    </>
  );
}
