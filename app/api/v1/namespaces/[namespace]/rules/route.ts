import { anyInput, replyCreated, replyJson, route } from "#lib/http/index.ts";
import { addRule } from "#lib/publishers/index.ts";

/** 201 when the rule is in force, 202 while it waits for a second admin. */
export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => addRule(ctx, input),
  reply: (outcome) => (outcome.applied ? replyCreated(outcome) : replyJson(outcome, 202)),
});
