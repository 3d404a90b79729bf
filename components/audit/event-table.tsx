import Link from "next/link";
import type { LedgerEntryView, RefusalEntryView } from "#lib/ledger/view.ts";
import { cn } from "../ui/cn.ts";
import { Cell, Row, Table } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";
import { readRefusalReason } from "./read-refusal-reason.ts";

type Entry = LedgerEntryView | RefusalEntryView;
type EventTableProps = { caption: string; items: Entry[]; base: string };

/** Events of one chain, newest first; each leads to its own page under `base`. */
export function EventTable({ caption, items, base }: EventTableProps) {
  const ofLedger = items.some((item) => "actor" in item);
  const what = ofLedger ? "What" : "Kind";
  return (
    <Table caption={caption} head={["Number", "When", what, "About", ofLedger ? "By" : "Why refused"]}>
      {items.map((item) => (
        <Row key={item.seq}>
          <Cell label="Number">
            <Link href={`${base}/${item.seq}`} className="font-medium text-accent tabular-nums hover:underline">
              #{item.seq}
            </Link>
          </Cell>
          <Cell label="When">
            <Time at={item.at} precise />
          </Cell>
          <Cell label={what}>
            <code className="font-mono text-sm whitespace-nowrap">{"action" in item ? item.action : item.kind}</code>
          </Cell>
          <Cell label="About" className="lg:w-2/5">
            <Subject entry={item} />
          </Cell>
          {"actor" in item ? (
            <Cell label="By">
              <VisibleText text={item.actor} className="text-right sm:text-left sm:whitespace-nowrap" />
            </Cell>
          ) : (
            <Reason body={item.body} />
          )}
        </Row>
      ))}
    </Table>
  );
}

/** A sign-in that succeeded has none: a narrow screen leaves the line out. */
function Reason({ body }: { body: string }) {
  const reason = readRefusalReason(body);
  return (
    <Cell label="Why refused" className={cn("lg:min-w-44", reason === null && "hidden sm:table-cell")}>
      <VisibleText text={reason ?? "–"} className="text-right sm:text-left sm:text-sm" />
    </Cell>
  );
}

/** The namespace is named too, where the subject does not begin with it. */
function Subject({ entry }: { entry: Entry }) {
  const { subject, namespace } = entry;
  return (
    <span className="grid justify-items-end text-right sm:justify-items-start sm:text-left">
      <VisibleText text={subject} />
      {namespace && !subject.startsWith(namespace) ? (
        <VisibleText text={namespace} className="text-sm text-muted" />
      ) : null}
    </span>
  );
}
