import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { retireRule, ruleIdSchema } from "#lib/publishers/index.ts";

export const DELETE = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => retireRule(ctx, input),
  describe: {
    id: "retireRule",
    summary: "Ends a publisher rule at once and for good",
    person: ["owner", "admin"],
    takes: ruleIdSchema,
    answers: { 200: shapes.Rule },
    problems: ["not-found", "state-conflict"],
  },
});
