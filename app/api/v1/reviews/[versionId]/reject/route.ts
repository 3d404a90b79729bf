import * as shapes from "#lib/api-docs/shapes/index.ts";
import { RejectInput, rejectVersion } from "#lib/approval/index.ts";
import { route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: RejectInput,
  run: ({ ctx, input }) => rejectVersion(ctx, input),
  describe: {
    id: "rejectVersion",
    summary: "Rejects the review record whose digest is posted",
    person: ["reviewer"],
    answers: { 200: shapes.Review },
    problems: ["not-found", "state-conflict", "review-changed"],
  },
});
