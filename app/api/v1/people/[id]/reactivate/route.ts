import { personIdSchema, reactivatePerson } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => reactivatePerson(ctx, input),
  describe: {
    id: "reactivatePerson",
    summary: "Lets a deactivated person sign in again",
    person: ["admin"],
    takes: personIdSchema,
    answers: { 200: shapes.Person },
    problems: ["reauthentication-required", "not-found", "state-conflict"],
  },
});
