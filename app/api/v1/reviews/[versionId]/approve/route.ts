import * as shapes from "#lib/api-docs/shapes/index.ts";
import { ApproveInput, approveVersion } from "#lib/approval/index.ts";
import { route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: ApproveInput,
  run: ({ ctx, input }) => approveVersion(ctx, input),
  describe: {
    id: "approveVersion",
    summary: "Approves the review record whose digest is posted",
    person: ["reviewer"],
    answers: { 200: shapes.Review },
    problems: [
      "reauthentication-required",
      "not-found",
      "state-conflict",
      "review-changed",
      "publisher-not-allowed",
      "signature-rejected",
      "approver-not-eligible",
    ],
  },
});
