import { Counters } from "#components/review/counters.tsx";
import { QueueKeys } from "#components/review/queue-keys.tsx";
import { QueueTable } from "#components/review/queue-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { getQueue, QueueInput } from "#lib/reviews/index.ts";
import { pageCtx } from "#lib/session/index.ts";
import { firstOf } from "../../_parts/first-of.ts";
import { loadPage } from "../../_parts/load-page.ts";
import { NothingListed } from "./_parts/nothing-listed.tsx";
import { QueueFilters } from "./_parts/queue-filters.tsx";
import { queuePath } from "./_parts/queue-path.ts";

export const metadata = { title: "Reviews" };

type Query = Record<string, string | string[] | undefined>;

/** What the address bar says; what is not understood counts as not said. */
function toFilter(query: Query) {
  const said = Object.fromEntries(Object.keys(query).map((name) => [name, firstOf(query[name])]));
  const { state, page, ...rest } = said;
  const read = QueueInput.safeParse({ ...rest, state: state ?? undefined, page: page ?? undefined });
  return read.success ? read.data : QueueInput.parse({});
}

export default async function ReviewsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [ctx, query] = await Promise.all([pageCtx(), searchParams]);
  const filter = toFilter(query);
  const queue = await loadPage(queuePath(filter), () => getQueue(ctx, filter));
  const pageAt = (page: number) => (page < 1 || page > queue.pages ? null : queuePath({ ...filter, page }));
  return (
    <>
      <PageHeader
        title="Reviews"
        description="Nothing resolves until it is countersigned. Open a version to read what it is and decide."
        actions={<QueueKeys />}
      />
      <Counters counters={queue.counters} />
      <QueueFilters filter={filter} namespaces={queue.namespaces} publishers={queue.publishers} />
      <Card flush>
        {queue.items.length > 0 ? (
          <QueueTable items={queue.items} now={ctx.now()} />
        ) : (
          <NothingListed waiting={queue.counters.pending} filtered={queuePath(filter) !== "/reviews"} />
        )}
      </Card>
      <Pagination
        previous={pageAt(queue.page - 1)}
        next={pageAt(queue.page + 1)}
        text={`Page ${queue.page} of ${queue.pages}, ${queue.total} in all`}
      />
    </>
  );
}
