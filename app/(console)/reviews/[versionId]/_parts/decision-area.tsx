import Link from "next/link";
import { Decision } from "#components/review/decision.tsx";
import { serverPath } from "#components/servers/server-path.ts";
import { VisibleText } from "#components/ui/visible-text.tsx";
import type { ReviewView } from "#lib/reviews/view.ts";
import { approveAction, rejectAction } from "./actions.ts";

/** The buttons for those who may decide; for the others, why they may not. */
export function DecisionArea({ review }: { review: ReviewView }) {
  const { record, decide, votes, versionId, reviewDigest, expiry } = review;
  if (review.state !== "pending")
    return (
      <p className="text-muted">
        Already decided.{" "}
        <Link href={serverPath(record.name, record.version)} className="text-accent underline underline-offset-2">
          The version in the catalogue
        </Link>
      </p>
    );
  const counted = votes.filter((vote) => vote.counts).length;
  return (
    <>
      {decide.allowed || decide.mayReject ? (
        <Decision
          subject={{
            versionId,
            reviewDigest,
            name: record.name,
            version: record.version,
            manifestDigest: record.manifestDigest,
          }}
          expiry={expiry}
          completes={counted + 1 >= record.policy.required}
          approve={decide.allowed ? approveAction : null}
          reject={decide.mayReject ? rejectAction : null}
        />
      ) : null}
      {decide.reason ? (
        <p className="text-sm text-muted">
          <VisibleText text={decide.reason} />
        </p>
      ) : null}
    </>
  );
}
