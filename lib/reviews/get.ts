import type { Ctx } from "#lib/core/context.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { loadPublishPolicy, type PublishPolicy } from "#lib/publishers/index.ts";
import { findApprovedReview } from "#lib/reviews/approved-record.ts";
import { countVotes } from "#lib/reviews/counting.ts";
import { type DecisionFacts, toDecision } from "#lib/reviews/decision.ts";
import { type LoadedReview, loadReview } from "#lib/reviews/record/load.ts";
import { getReviewedVersion } from "#lib/reviews/reviewed-version.ts";
import { ReviewInput } from "#lib/reviews/schemas.ts";
import { readTimeline } from "#lib/reviews/timeline.ts";
import type { ReviewView } from "#lib/reviews/view.ts";
import { type DetailRow, findFallen, toShownState, toSubject } from "#lib/versions/index.ts";

const dayMs = 86_400_000;

/**
 * One version for review: the record as of now with its digest (of a countersigned version: the record that was
 * approved), approvals, what happened, and whether the caller may decide.
 * @throws DomainError `unauthenticated`, `forbidden`, `invalid-input`; `not-found`, the same for missing and invisible.
 */
export async function getReview(ctx: Ctx, raw: ReviewInput): Promise<ReviewView> {
  const { versionId } = parseInput(ReviewInput, raw);
  const row = await getReviewedVersion(ctx, versionId);
  const now = ctx.now();
  const policy = await loadPublishPolicy(null, row.server.namespace.name, { lock: false });
  const review = await loadReview(null, { registryId: ctx.registryId, now }, row, policy);
  const { votes, facts } = await countApprovals(row, review, policy, now);
  const drawn = { record: review.record, reviewDigest: review.digest, votes, live: review.live };
  const { live, ...shown } = (await findApprovedReview(row)) ?? drawn;
  const latest = new Date(now.getTime() + policy.namespace.lifetimeDays * dayMs).toISOString();
  return {
    versionId,
    state: toShownState(row, now),
    ...shown,
    manifestText: decode(row.manifest),
    liveManifestText: live && decode(live.manifest),
    statusMessage: row.statusMessage,
    timeline: await readTimeline(toSubject(row.server.name, row.version)),
    decide: toDecision(ctx, row, facts),
    expiry: { suggested: latest, latest },
  };
}

async function countApprovals(
  row: DetailRow,
  { authorship, digest, claims }: LoadedReview,
  policy: PublishPolicy,
  now: Date,
): Promise<{ votes: ReviewView["votes"]; facts: DecisionFacts }> {
  const namespace = row.server.namespace.name;
  const given = await countVotes(null, { version: row, namespace, authorship, digest, now });
  const fallen = claims.map((claim) => findFallen(policy, claim, now)).find((reason) => reason !== null) ?? null;
  const approvedBy = given.filter((vote) => vote.counts).map((vote) => vote.personId);
  const votes = given.map(({ name, createdAt, counts }) => ({ person: name, at: createdAt.toISOString(), counts }));
  return { votes, facts: { authorship, fallen, approvedBy } };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8").decode(bytes);
}
