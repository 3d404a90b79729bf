import { CircleCheck, CircleSlash } from "lucide-react";
import type { ReviewView } from "#lib/reviews/view.ts";
import { Time } from "../ui/time.tsx";
import { VisibleText } from "../ui/visible-text.tsx";

/** Who has approved so far, and how many more it takes. Approvals of an older record are shown but do not count. */
export function Votes({ votes, required, now }: { votes: ReviewView["votes"]; required: number; now: Date }) {
  const counted = votes.filter((vote) => vote.counts).length;
  return (
    <div className="grid gap-2">
      <p>
        <strong className="font-semibold tabular-nums">
          {counted} of {required}
        </strong>{" "}
        {required === 1 ? "approval" : "approvals by different people"}
      </p>
      <ul className="grid gap-1.5">
        {votes.map((vote) => (
          <li key={`${vote.person} ${vote.at}`} className="flex gap-2 text-sm">
            {vote.counts ? (
              <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-approved" />
            ) : (
              <CircleSlash aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" />
            )}
            <span>
              <VisibleText text={vote.person} /> <Time at={vote.at} now={now} />
              {vote.counts ? null : <span className="block text-muted">Given for an older record; does not count</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
