import type { TimelineEntryView } from "#lib/reviews/view.ts";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

/** What happened to a version, from the ledger, in order. */
export function Timeline({ entries, now }: { entries: TimelineEntryView[]; now: Date }) {
  return (
    <ol className="ml-1.5 border-l border-line">
      {entries.map((entry) => (
        <li key={entry.seq} className="relative pb-4 pl-5 last:pb-0">
          <span
            aria-hidden="true"
            className="absolute top-1.5 -left-[4.5px] size-2 rounded-full border-2 border-accent bg-surface"
          />
          <p>
            <VisibleText text={entry.summary} />
          </p>
          <p className="text-sm text-muted">
            <VisibleText text={entry.actor} /> · <Time at={entry.at} now={now} /> ·{" "}
            <span className="tabular-nums">ledger #{entry.seq}</span>
          </p>
        </li>
      ))}
    </ol>
  );
}
