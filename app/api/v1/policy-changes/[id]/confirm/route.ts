import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { changeIdSchema, confirmChange } from "#lib/namespaces/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => confirmChange(ctx, input),
  describe: {
    id: "confirmPolicyChange",
    summary: "A second admin agrees to a waiting change",
    person: ["admin"],
    takes: changeIdSchema,
    answers: { 200: shapes.PolicyChange },
    problems: ["reauthentication-required", "not-found", "state-conflict"],
  },
});
