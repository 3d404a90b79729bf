import { deactivatePerson, personIdSchema } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => deactivatePerson(ctx, input),
  describe: {
    id: "deactivatePerson",
    summary: "Shuts a person out at once",
    person: ["admin"],
    takes: personIdSchema,
    answers: { 200: shapes.Person },
    problems: ["not-found", "state-conflict", "last-admin"],
  },
});
