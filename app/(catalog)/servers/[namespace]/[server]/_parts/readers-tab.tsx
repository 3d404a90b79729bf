import { ReadersCard } from "#components/servers/readers-card.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import type { ReadersView } from "#lib/channels/view.ts";
import type { ServerPage } from "./load-server.ts";
import { ReaderFilters } from "./reader-filters.tsx";
import { type ReadersShown, toFilterQuery, toReadersPath } from "./readers-query.ts";

type ReadersTabProps = { page: ServerPage; resolved: ReadersView; shown: ReadersShown };

/** Everybody who resolved the version, a page at a time. */
export function ReadersTab({ page, resolved, shown }: ReadersTabProps) {
  const { total, pages, channels } = resolved;
  const filter = toFilterQuery(shown);
  const pageAt = (at: number) => (at < 1 || at > pages ? null : toReadersPath(page, { ...shown, page: at }));
  return (
    <>
      {channels.length > 1 || pages > 1 || filter.size > 0 ? (
        <ReaderFilters page={page} channels={channels} shown={shown} />
      ) : null}
      <ReadersCard name={page.name} version={page.version} resolved={resolved} filter={filter} />
      <Pagination
        previous={pageAt(Math.min(shown.page - 1, pages))}
        next={pageAt(shown.page + 1)}
        text={`Page ${shown.page} of ${pages}, ${total.toLocaleString("en")} in all`}
      />
    </>
  );
}
