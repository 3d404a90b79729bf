import type { Metadata } from "next";
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
  return <NewChannel suggestions={suggestions} closed={!config().anonymousRead} />;
}
