import * as shapes from "#lib/api-docs/shapes/index.ts";
import { route } from "#lib/http/index.ts";
import { getReview, ReviewInput } from "#lib/reviews/index.ts";

export const GET = route({
  caller: "authenticated",
  input: ReviewInput,
  run: ({ ctx, input }) => getReview(ctx, input),
  describe: {
    id: "getReview",
    summary: "Everything a reviewer is shown of one version",
    person: ["reviewer", "admin", "auditor"],
    token: ["read"],
    answers: { 200: shapes.Review },
    problems: ["not-found"],
  },
});
