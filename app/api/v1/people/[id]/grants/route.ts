import { updateGrants, updateGrantsSchema } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const PATCH = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => updateGrants(ctx, input),
  describe: {
    id: "updateGrants",
    summary: "Replaces a person's grants",
    person: ["admin"],
    takes: updateGrantsSchema,
    answers: { 200: shapes.Person },
    problems: ["reauthentication-required", "not-found", "last-admin"],
  },
});
