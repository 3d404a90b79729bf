import type { ReadersView } from "#lib/channels/view.ts";
import { ReaderName } from "../channels/reader-table.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

const maxNamed = 5;

/** In a confirm, who is known to have resolved the version: whom its revocation concerns. */
export function ResolvedNotice({ resolved: { readers } }: { resolved: ReadersView }) {
  if (readers.length === 0)
    return <p className="text-sm text-muted">No client has been counted that resolved this version.</p>;
  return (
    <section className="grid gap-1.5">
      <h3 className="text-sm font-medium">Who resolved it so far</h3>
      <ul className="grid gap-1.5 rounded-md border border-line px-3 py-2 text-sm">
        {readers.slice(0, maxNamed).map(({ channel, reader, lastDay }) => (
          <li
            key={[channel.slug, reader.kind, reader.prefix, reader.label].join(" ")}
            className="flex flex-wrap justify-between gap-x-4"
          >
            <span className="min-w-0">
              <ReaderName reader={reader} />
              <span className="block text-muted">
                in <VisibleText text={channel.label} />
              </span>
            </span>
            <span className="whitespace-nowrap text-muted tabular-nums">last {lastDay}</span>
          </li>
        ))}
      </ul>
      {readers.length > maxNamed ? (
        <p className="text-sm text-muted">and {readers.length - maxNamed} more, listed on the page of the version</p>
      ) : null}
    </section>
  );
}
