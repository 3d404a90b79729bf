import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, replyCreated, replyJson, route } from "#lib/http/index.ts";
import { addRule, addRuleSchema } from "#lib/publishers/index.ts";

/** 201 when the rule is in force, 202 while it waits for a second admin. */
export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => addRule(ctx, input),
  reply: (outcome) => (outcome.applied ? replyCreated(outcome) : replyJson(outcome, 202)),
  describe: {
    id: "addRule",
    summary: "Proposes a publisher rule; 202 while it waits for a second admin",
    person: ["owner", "admin"],
    takes: addRuleSchema,
    answers: { 201: shapes.ChangeOutcome, 202: shapes.ChangeOutcome },
    problems: ["reauthentication-required", "not-found", "conflict"],
  },
});
