import { listApprovers } from "#lib/reviews/store.ts";
import type { ReviewRecord, ReviewView } from "#lib/reviews/view.ts";
import { type DetailRow, findVersionOf } from "#lib/versions/index.ts";

export type ApprovedReview = Pick<ReviewView, "record" | "reviewDigest" | "votes"> & { live: DetailRow | null };

/**
 * What was approved, with who approved it, when the version was countersigned: the record as stored then, not as it
 * would be drawn up now. Null for a version that never was.
 */
export async function findApprovedReview(row: DetailRow): Promise<ApprovedReview | null> {
  const approval = row.approvals.findLast(({ reviewRecord }) => reviewRecord !== null);
  if (!approval?.reviewRecord || approval.reviewDigest === null) return null;
  const record = JSON.parse(new TextDecoder("utf-8").decode(approval.reviewRecord)) as ReviewRecord;
  const approvers = await listApprovers({ versionId: row.id, round: approval.round, digest: approval.reviewDigest });
  return {
    record,
    reviewDigest: approval.reviewDigest,
    votes: approvers.map(({ name, at }) => ({ person: name, at: at.toISOString(), counts: true })),
    live: record.live && (await findVersionOf(row.serverId, record.live.version)),
  };
}
