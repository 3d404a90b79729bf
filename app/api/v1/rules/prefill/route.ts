import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { prefillFromRefusal, prefillSchema } from "#lib/publishers/index.ts";

/** `?seq=` names an entry of the refusal chain. */
export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => prefillFromRefusal(ctx, input),
  describe: {
    id: "prefillRule",
    summary: "A rule filled from the verified identity of a refused upload",
    person: ["admin"],
    takes: prefillSchema,
    answers: { 200: shapes.RulePrefill },
    problems: ["not-found", "state-conflict"],
  },
});
