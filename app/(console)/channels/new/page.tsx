import type { Metadata } from "next";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireAdmin } from "#lib/access/index.ts";
import { config } from "#lib/config/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { loadPage } from "../../../_parts/load-page.ts";
import { loadSuggestions } from "../_parts/load-suggestions.ts";
import { NewChannel } from "./_parts/new-channel.tsx";

export const metadata: Metadata = { title: "New channel" };

export default async function NewChannelPage() {
  const ctx = await pageCtx();
  const suggestions = await loadPage("/channels/new", async () => {
    requireAdmin(ctx);
    return loadSuggestions(ctx);
  });
  return (
    <>
      <PageHeader
        crumbs={[{ href: "/channels", label: "Channels" }]}
        title="New channel"
        description="It answers as soon as it is made. All can be changed later but its name in the address, and that a secret address stays one."
      />
      <NewChannel suggestions={suggestions} closed={!config().anonymousRead} />
    </>
  );
}
