import { Globe, KeyRound, Link2 } from "lucide-react";
import type { ReadersView, ReaderView } from "#lib/channels/view.ts";
import { Cell, Row, Table } from "../ui/table.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

/** Who resolved something, with the channel where that is not said already. Days are UTC days. */
export function ReaderTable({
  caption,
  readers,
  complete,
  withChannel,
}: Pick<ReadersView, "readers" | "complete"> & { caption: string; withChannel?: boolean }) {
  const head = [...(withChannel ? ["Channel"] : []), "Reader", "First", "Last", "Resolutions"];
  return (
    <>
      <Table caption={caption} head={head}>
        {readers.map((reader) => (
          <Row key={toKey(reader)}>
            {withChannel ? (
              <Cell label="Channel">
                <VisibleText text={reader.channel.label} />
              </Cell>
            ) : null}
            <Cell label="Reader">
              <Reader reader={reader} />
            </Cell>
            <Cell label="First" className="whitespace-nowrap tabular-nums">
              {reader.firstDay}
            </Cell>
            <Cell label="Last" className="whitespace-nowrap tabular-nums">
              {reader.lastDay}
            </Cell>
            <Cell label="Resolutions" className="tabular-nums">
              {reader.count.toLocaleString("en")}
            </Cell>
          </Row>
        ))}
      </Table>
      {complete ? null : (
        <p className="border-t border-line px-4 py-3 text-sm text-muted sm:px-5">
          Only the latest {readers.length.toLocaleString("en")} readers are listed.
        </p>
      )}
    </>
  );
}

function toKey({ channel, reader }: ReaderView): string {
  return [channel.slug, reader.kind, reader.prefix, reader.label].join(" ");
}

const icons = { anonymous: Globe, secret: Link2, token: KeyRound };

function Reader({ reader: { reader } }: { reader: ReaderView }) {
  const Icon = icons[reader.kind];
  return (
    <span className="inline-flex min-w-0 items-start gap-1.5 text-left">
      <Icon aria-hidden="true" className="mt-1 size-3.5 shrink-0 text-muted" />
      <span className="min-w-0">
        <ReaderName reader={reader} />
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
