import Link from "next/link";
import type { ReviewQueueItemView } from "#lib/reviews/view.ts";
import { StateBadge } from "../servers/state-badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

/** The queue. Rows only open the review: deciding happens there, never here. */
export function QueueTable({ items, now }: { items: ReviewQueueItemView[]; now: Date }) {
  return (
    <Table caption="Versions" head={["Version", "Signed by", "Approvals", "State", "Received"]}>
      {items.map((item) => (
        <QueueRow key={item.versionId} item={item} now={now} />
      ))}
    </Table>
  );
}

function QueueRow({ item, now }: { item: ReviewQueueItemView; now: Date }) {
  return (
    <Row className="focus-within:bg-accent-soft">
      <Cell className="lg:w-[30%]">
        <span className="grid">
          <span className="flex flex-wrap items-baseline gap-x-2">
            <Link href={`/reviews/${item.versionId}`} data-queue-row className="font-semibold hover:underline">
              <VisibleText text={item.name} />
            </Link>
            <VisibleText text={item.version} className="font-mono text-sm" />
          </span>
          <span className="mt-0.5 flex flex-wrap gap-1.5">
            {item.isNew ? <Badge tone="info">New server</Badge> : null}
            {item.unpinned > 0 ? <Badge tone="unpinned">{item.unpinned} unpinned</Badge> : null}
          </span>
        </span>
      </Cell>
      <Cell label="Signed by" long className="text-muted sm:text-sm lg:w-1/3">
        <VisibleText text={item.signer} />
      </Cell>
      <Cell label="Approvals" className="whitespace-nowrap tabular-nums">
        {item.approvals} of {item.requiredApprovals}
      </Cell>
      <Cell label="State">
        <StateBadge state={item.state} />
      </Cell>
      <Cell label="Received" className="text-muted">
        <span className="grid justify-items-end text-right sm:justify-items-start sm:text-left">
          <Time at={item.receivedAt} now={now} />
          <span className="text-sm">
            from <VisibleText text={item.publisher} className="text-ink" />
          </span>
        </span>
      </Cell>
    </Row>
  );
}
