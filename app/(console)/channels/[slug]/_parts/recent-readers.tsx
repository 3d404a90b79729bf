import { channelPath } from "#components/channels/channel-path.ts";
import { ReaderTable } from "#components/channels/reader-table.tsx";
import { Card } from "#components/ui/card.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { channelReadersQuerySchema } from "#lib/channels/index.ts";
import type { ChannelView, ReadersView } from "#lib/channels/view.ts";
import { firstOf } from "../../../../_parts/first-of.ts";
import { NoReaders } from "./no-readers.tsx";

const limit = 25;

/** The page of readers that the address bar asks for; what is not understood counts as not said. */
export function readReadersPage(query: Record<string, string | string[] | undefined>) {
  const read = channelReadersQuerySchema.safeParse({ page: firstOf(query.page) ?? undefined });
  return { page: read.success ? read.data.page : 1, limit };
}

/** Who resolved something in the channel lately, a page at a time. */
export function RecentReaders({ channel, recent }: { channel: ChannelView; recent: ReadersView }) {
  const { readers, total, page, pages } = recent;
  const pageAt = (at: number) => (at < 1 || at > pages ? null : `${channelPath(channel.slug)}?page=${at}#readers`);
  return (
    <div>
      <Card
        id="readers"
        title="Recent readers"
        description={`${total > 0 ? `${total.toLocaleString("en")} resolved` : "Who resolved"} something here in the last 30 days`}
        flush
      >
        {readers.length > 0 ? <ReaderTable caption="Recent readers" readers={readers} /> : null}
        {total === 0 ? <NoReaders channel={channel} /> : null}
        {total > 0 && readers.length === 0 ? (
          <p className="px-4 py-4 sm:px-5">The list ends before this page.</p>
        ) : null}
      </Card>
      <Pagination
        previous={pageAt(Math.min(page - 1, pages))}
        next={pageAt(page + 1)}
        text={`Page ${page} of ${pages}, ${total.toLocaleString("en")} in all`}
      />
    </div>
  );
}
