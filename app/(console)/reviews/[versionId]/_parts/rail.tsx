import { Timeline } from "#components/review/timeline.tsx";
import { Votes } from "#components/review/votes.tsx";
import { Card } from "#components/ui/card.tsx";
import { Digest } from "#components/ui/digest.tsx";
import type { ReviewView } from "#lib/reviews/view.ts";
import { Contents } from "./contents.tsx";
import { DecisionArea } from "./decision-area.tsx";

/** Beside the record: the decision, what exactly it is about, and what happened so far. */
export function Rail({ review, now }: { review: ReviewView; now: Date }) {
  const { record, votes, timeline, reviewDigest } = review;
  return (
    <aside
      aria-label="Decision and timeline"
      className="grid min-w-0 content-start gap-6 xl:sticky xl:top-6 xl:self-start"
    >
      <Card title="Decision">
        <div className="grid gap-4">
          {review.state === "pending" || votes.length > 0 ? (
            <Votes votes={votes} required={record.policy.required} now={now} />
          ) : null}
          <DecisionArea review={review} />
          <dl className="grid gap-2 border-t border-line pt-4 text-sm">
            <Named label="Manifest" value={record.manifestDigest} />
            {review.state === "pending" ? <Named label="Review record" value={reviewDigest} /> : null}
            <Named label="Policy" value={`sha256:${record.policy.sha256}`} />
          </dl>
        </div>
      </Card>
      <Contents record={record} />
      <Card title="Timeline">
        <Timeline entries={timeline} now={now} />
      </Card>
    </aside>
  );
}

function Named({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex items-center justify-between gap-3">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0">
        <Digest value={value} label={`${label.toLowerCase()} digest`} short />
      </dd>
    </div>
  );
}
