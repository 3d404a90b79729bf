import Link from "next/link";
import type { LedgerEntryView, RefusalEntryView } from "#lib/ledger/view.ts";
import { Cell, Row, Table } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

type Entry = LedgerEntryView | RefusalEntryView;
type EventTableProps = { caption: string; items: Entry[]; now: Date; base: string };

/** Events of one chain, newest first; each leads to its own page under `base`. */
export function EventTable({ caption, items, now, base }: EventTableProps) {
  const ofLedger = items.some((item) => "actor" in item);
  const head = ["Number", "When", ofLedger ? "What" : "Kind", "About", ...(ofLedger ? ["By"] : []), "Namespace"];
  return (
    <Table caption={caption} head={head}>
      {items.map((item) => (
        <Row key={item.seq}>
          <Cell label="Number">
            <Link href={`${base}/${item.seq}`} className="font-medium text-accent tabular-nums hover:underline">
              #{item.seq}
            </Link>
          </Cell>
          <Cell label="When">
            <Time at={item.at} now={now} />
          </Cell>
          <Cell label={ofLedger ? "What" : "Kind"}>
            <code className="font-mono text-sm">{"action" in item ? item.action : item.kind}</code>
          </Cell>
          <Cell label="About">
            <VisibleText text={item.subject} className="text-right sm:text-left" />
          </Cell>
          {"actor" in item ? (
            <Cell label="By">
              <VisibleText text={item.actor} className="text-right sm:text-left" />
            </Cell>
          ) : null}
          <Cell label="Namespace">{item.namespace ? <VisibleText text={item.namespace} /> : <NoNamespace />}</Cell>
        </Row>
      ))}
    </Table>
  );
}

function NoNamespace() {
  return (
    <span className="text-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">none</span>
    </span>
  );
}
