import Link from "next/link";
import type { LedgerEntryView, RefusalEntryView } from "#lib/ledger/view.ts";
import { cn } from "../ui/cn.ts";
import { Cell, Row, Table } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";
import { readRefusalReason } from "./read-refusal-reason.ts";

type Entry = LedgerEntryView | RefusalEntryView;
type EventTableProps = { caption: string; items: Entry[]; base: string };

/** Two or three lines on a narrow screen, all of them the link. */
const narrowRow = "grid grid-cols-[minmax(0,1fr)_auto_3rem] items-baseline gap-x-3 py-2 max-sm:relative sm:table-row";
const narrowLink = "max-sm:after:absolute max-sm:after:inset-0";

/** Events of one chain, newest first; each leads to its own page under `base`. */
export function EventTable({ caption, items, base }: EventTableProps) {
  const ofLedger = items.some((item) => "actor" in item);
  const what = ofLedger ? "What" : "Kind";
  return (
    <Table caption={caption} head={["Number", "When", what, "About", ofLedger ? "By" : "Why refused"]}>
      {items.map((item) => (
        <Row key={item.seq} className={narrowRow}>
          <Cell className="order-4 justify-end">
            <Link
              href={`${base}/${item.seq}`}
              className={cn("font-medium text-accent tabular-nums hover:underline", narrowLink)}
            >
              #{item.seq}
            </Link>
          </Cell>
          <Cell className="order-2 col-span-2 justify-end text-sm text-muted sm:text-base sm:text-ink">
            <Time at={item.at} precise />
          </Cell>
          <Cell className="order-1">
            <code className="font-mono text-sm [overflow-wrap:anywhere] sm:whitespace-nowrap">
              {"action" in item ? item.action : item.kind}
            </code>
          </Cell>
          <Cell className="order-3 col-span-2 lg:w-2/5">
            <Subject entry={item} />
          </Cell>
          {"actor" in item ? (
            <Cell className="order-5 col-span-3 justify-start text-sm text-muted sm:text-base sm:text-ink">
              <span>
                <span className="sm:hidden">by </span>
                <VisibleText text={item.actor} className="sm:whitespace-nowrap" />
              </span>
            </Cell>
          ) : (
            <Reason body={item.body} />
          )}
        </Row>
      ))}
    </Table>
  );
}

/** A sign-in that succeeded has none: a narrow screen leaves it out. */
function Reason({ body }: { body: string }) {
  const reason = readRefusalReason(body);
  return (
    <Cell
      className={cn(
        "order-5 col-span-3 justify-start text-sm text-muted sm:text-ink lg:min-w-44",
        reason === null && "hidden",
      )}
    >
      <VisibleText text={reason ?? "–"} />
    </Cell>
  );
}

/** The namespace is named too, where the subject does not begin with it. */
function Subject({ entry }: { entry: Entry }) {
  const { subject, namespace } = entry;
  return (
    <span className="grid">
      <VisibleText text={subject} />
      {namespace && !subject.startsWith(namespace) ? (
        <VisibleText text={namespace} className="text-sm text-muted" />
      ) : null}
    </span>
  );
}
