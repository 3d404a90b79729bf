import type { Suggestions } from "#components/channels/selection-field.tsx";
import { listTags } from "#lib/channels/index.ts";
import type { Ctx } from "#lib/core/context.ts";
import { listNamespaces } from "#lib/namespaces/index.ts";
import { fetchCatalog } from "#lib/resolver/client.ts";

/** More would only make the browser's list long. */
const maxServers = 100;

/** Names to offer while a selection is written: every namespace and tag, and the first servers that resolve. */
export async function loadSuggestions(ctx: Ctx): Promise<Suggestions> {
  // Only offers: the form works without the catalogue.
  const catalog = fetchCatalog({ limit: maxServers }).catch(() => ({ entries: [] }));
  const [namespaces, tags, { entries }] = await Promise.all([listNamespaces(ctx), listTags(ctx), catalog]);
  return {
    namespaces: namespaces.map(({ name }) => name),
    servers: entries.map(({ manifest }) => manifest.name),
    tags,
  };
}
