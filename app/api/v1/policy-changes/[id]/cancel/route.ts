import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { cancelChange, changeIdSchema } from "#lib/namespaces/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => cancelChange(ctx, input),
  describe: {
    id: "cancelPolicyChange",
    summary: "Ends a waiting change without effect",
    person: ["member"],
    takes: changeIdSchema,
    answers: { 200: shapes.PolicyChange },
    problems: ["not-found", "state-conflict"],
  },
});
