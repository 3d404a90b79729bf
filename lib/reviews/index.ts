export { type CountedVote, countVotes } from "#lib/reviews/counting.ts";
export { type Authorship, findConflict } from "#lib/reviews/eligibility.ts";
export { getReview, getReviewedVersion, reviewChanged } from "#lib/reviews/get.ts";
export { getQueue } from "#lib/reviews/queue.ts";
export { type LoadedReview, loadReview } from "#lib/reviews/record/load.ts";
export { QueueInput, ReviewInput } from "#lib/reviews/schemas.ts";
export { requireReviewScope } from "#lib/reviews/scope.ts";
