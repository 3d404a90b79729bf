import { freshSignInMs, mayReview } from "#lib/access/authority.ts";
import type { Ctx } from "#lib/core/context.ts";
import { DomainError } from "#lib/core/errors.ts";
import { parseInput } from "#lib/core/parse-input.ts";
import { loadPublishPolicy } from "#lib/publishers/index.ts";
import { type CountedVote, countVotes } from "#lib/reviews/counting.ts";
import { findConflict } from "#lib/reviews/eligibility.ts";
import { type LoadedReview, loadReview } from "#lib/reviews/record/load.ts";
import { ReviewInput } from "#lib/reviews/schemas.ts";
import { requireReviewScope } from "#lib/reviews/scope.ts";
import { findIdInScope } from "#lib/reviews/store.ts";
import { readTimeline } from "#lib/reviews/timeline.ts";
import type { ReviewView } from "#lib/reviews/view.ts";
import { type DetailRow, findFallen, findVersionById, toShownState, toSubject } from "#lib/versions/index.ts";

const dayMs = 86_400_000;

/**
 * One version for review: the record as of now with its digest, approvals so far, what happened, and whether the caller
 * may decide.
 * @throws DomainError `unauthenticated`, `forbidden`, `invalid-input`; `not-found`, the same for missing and invisible.
 */
export async function getReview(ctx: Ctx, raw: ReviewInput): Promise<ReviewView> {
  const { versionId } = parseInput(ReviewInput, raw);
  const row = await getReviewedVersion(ctx, versionId);
  const now = ctx.now();
  const namespace = row.server.namespace.name;
  const policy = await loadPublishPolicy(null, namespace, { lock: false });
  const review = await loadReview(null, { registryId: ctx.registryId, now }, row, policy);
  const { authorship, digest } = review;
  const votes = await countVotes(null, { version: row, namespace, authorship, digest, now });
  const fallen = review.claims.map((claim) => findFallen(policy, claim, now)).find((reason) => reason !== null);
  const latest = new Date(now.getTime() + policy.namespace.lifetimeDays * dayMs).toISOString();
  return {
    versionId,
    state: toShownState(row, now),
    ...toTexts(row, review),
    statusMessage: row.statusMessage,
    votes: votes.map(({ name, createdAt, counts }) => ({ person: name, at: createdAt.toISOString(), counts })),
    timeline: await readTimeline(toSubject(row.server.name, row.version)),
    decide: toDecision(ctx, row, review, votes, fallen ?? null),
    expiry: { suggested: latest, latest },
  };
}

/**
 * A version whose review the caller may see.
 * @throws DomainError `unauthenticated`, `forbidden`; `not-found`, the same for missing and invisible.
 */
export async function getReviewedVersion(ctx: Ctx, versionId: string): Promise<DetailRow> {
  const id = await findIdInScope(requireReviewScope(ctx), versionId);
  const row = id === null ? null : await findVersionById(null, id);
  if (!row) throw new DomainError("not-found", "There is no such review.");
  return row;
}

/** What is posted is not what a reviewer would be shown now. */
export function reviewChanged(): DomainError {
  return new DomainError("review-changed", "Something in this review changed since you read it. Read it again.");
}

function toTexts(row: DetailRow, { record, digest, live }: LoadedReview) {
  const decode = (bytes: Uint8Array) => new TextDecoder("utf-8").decode(bytes);
  const liveManifestText = live && decode(live.manifest);
  return { record, reviewDigest: digest, manifestText: decode(row.manifest), liveManifestText };
}

function toDecision(
  { actor, now }: Ctx,
  row: DetailRow,
  { authorship, digest }: LoadedReview,
  votes: readonly CountedVote[],
  fallen: string | null,
): ReviewView["decide"] {
  const pending = row.state === "pending";
  if (actor.kind !== "person" || !mayReview(actor, row.server.namespace.name)) {
    return { allowed: false, reason: "You are not a reviewer here.", mayReject: false, needsFreshSignIn: false };
  }
  const { personId: id, email } = actor;
  const voted = votes.some((vote) => vote.personId === id && vote.reviewDigest === digest);
  const reason =
    (pending ? null : `This version is ${row.state}.`) ??
    fallen ??
    findConflict(authorship, { id, email }) ??
    (voted ? "You approved this already." : null);
  const needsFreshSignIn = now().getTime() - actor.authenticatedAt.getTime() >= freshSignInMs;
  return { allowed: reason === null, reason, mayReject: pending, needsFreshSignIn };
}
