import { route } from "#lib/http/index.ts";
import { getReview, ReviewInput } from "#lib/reviews/index.ts";

export const GET = route({
  caller: "authenticated",
  input: ReviewInput,
  run: ({ ctx, input }) => getReview(ctx, input),
});
