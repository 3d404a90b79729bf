export { type CountedVote, countVotes } from "#lib/reviews/counting.ts";
export { type Authorship, findConflict } from "#lib/reviews/eligibility.ts";
export { getReview } from "#lib/reviews/get.ts";
export { getQueue } from "#lib/reviews/queue.ts";
export { type LoadedReview, loadReview } from "#lib/reviews/record/load.ts";
export { getReviewedVersion, reviewChanged } from "#lib/reviews/reviewed-version.ts";
export { QueueInput, ReviewInput } from "#lib/reviews/schemas.ts";
export { requireReviewScope } from "#lib/reviews/scope.ts";
