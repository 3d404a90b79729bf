import type { Metadata } from "next";
import { PageHeader } from "#components/ui/page-header.tsx";
import { isAdmin, isAuditor, listTokens } from "#lib/access/index.ts";
import { listChannels } from "#lib/channels/index.ts";
import type { ChannelListItemView } from "#lib/channels/view.ts";
import { listNamespaces } from "#lib/namespaces/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { firstOf } from "../../../_parts/first-of.ts";
import { loadPage } from "../../../_parts/load-page.ts";
import { NewToken } from "./_parts/new-token.tsx";

export const metadata: Metadata = { title: "New API token" };

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewTokenPage({ searchParams }: PageProps) {
  const [ctx, query] = await Promise.all([pageCtx(), searchParams]);
  const [namespaces, channels] = await loadPage("/tokens/new", () =>
    Promise.all([listNamespaces(ctx), listChannels(ctx), listTokens(ctx)]),
  );
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
          channels={channels.filter(isReadWithToken).map(toTokenChannel)}
          channel={firstOf(query.channel)}
          mayMakeRobots={isAdmin(ctx.actor)}
          mayGiveAudit={isAuditor(ctx.actor)}
        />
      </div>
    </>
  );
}

function isReadWithToken({ audience, disabledAt }: ChannelListItemView): boolean {
  return audience === "token" && disabledAt === null;
}

function toTokenChannel({ slug, label, openToPeople }: ChannelListItemView) {
  return { slug, label, openToPeople };
}
