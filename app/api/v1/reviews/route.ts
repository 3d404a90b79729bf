import * as shapes from "#lib/api-docs/shapes/index.ts";
import { route } from "#lib/http/index.ts";
import { getQueue, QueueInput } from "#lib/reviews/index.ts";

export const GET = route({
  caller: "authenticated",
  input: QueueInput,
  run: ({ ctx, input }) => getQueue(ctx, input),
  describe: {
    id: "listReviews",
    summary: "The review queue",
    person: ["reviewer", "admin", "auditor"],
    token: ["read"],
    answers: { 200: shapes.ReviewQueue },
  },
});
