import { Globe, KeyRound, Link2 } from "lucide-react";
import type { ReadersView, ReaderView } from "#lib/channels/view.ts";
import { Cell, Row, Table } from "../ui/table.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

/** On a narrow screen: who, and below in one line when and how often. */
const narrowRow = "flex flex-wrap gap-x-3 py-2.5 sm:table-row";
const day = "text-sm whitespace-nowrap tabular-nums max-sm:text-muted sm:text-base";

/** Who resolved something, with the channel where that is not said already. Days are UTC days. */
export function ReaderTable({
  caption,
  readers,
  withChannel,
}: Pick<ReadersView, "readers"> & { caption: string; withChannel?: boolean }) {
  return (
    <Table caption={caption} head={["Reader", "First", "Last", "Resolutions"]}>
      {readers.map((reader) => (
        <Row key={toKey(reader)} className={narrowRow}>
          <Cell className="basis-full">
            <Reader reader={reader} withChannel={withChannel} />
          </Cell>
          <Cell className={day}>{reader.firstDay}</Cell>
          <Cell className={day}>
            <span>
              <span className="sm:hidden">to </span>
              {reader.lastDay}
            </span>
          </Cell>
          <Cell className="justify-end text-sm tabular-nums max-sm:grow sm:text-base">
            <span>
              {reader.count.toLocaleString("en")}
              <span className="sm:hidden"> {reader.count === 1 ? "time" : "times"}</span>
            </span>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function toKey({ channel, reader, lastAt }: ReaderView): string {
  return [channel.slug, reader.kind, reader.prefix, reader.label, lastAt].join(" ");
}

const icons = { anonymous: Globe, secret: Link2, token: KeyRound };

function Reader({ reader: { reader, channel }, withChannel }: { reader: ReaderView; withChannel?: boolean }) {
  const Icon = icons[reader.kind];
  return (
    <span className="inline-flex min-w-0 items-start gap-1.5 text-left">
      <Icon aria-hidden="true" className="mt-1 size-3.5 shrink-0 text-muted" />
      <span className="min-w-0">
        <ReaderName reader={reader} />
        {withChannel ? (
          <span className="block text-sm text-muted">
            in <VisibleText text={channel.label} />
          </span>
        ) : null}
      </span>
    </span>
  );
}

/** As much as is known: a token has a name and perhaps an owner, an address only its beginning, others nothing. */
export function ReaderName({ reader: { kind, label, owner, prefix } }: { reader: ReaderView["reader"] }) {
  if (kind === "anonymous") return "Anonymous readers together";
  if (prefix === null) return kind === "secret" ? "An address that is gone" : "A token that is gone";
  const beginning = <code className="font-mono text-sm">{prefix}…</code>;
  if (kind === "secret") return <>Address with {beginning}</>;
  return (
    <>
      <VisibleText text={label ?? "Token"} />
      <span className="block text-sm text-muted">
        {owner ? <VisibleText text={owner} /> : "Robot"}, {beginning}
      </span>
    </>
  );
}
