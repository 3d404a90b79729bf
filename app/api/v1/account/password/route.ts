import { changePassword, changePasswordSchema } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { route } from "#lib/http/index.ts";

/** One's own password; every other session of the person ends. */
export const POST = route({
  caller: "authenticated",
  input: changePasswordSchema,
  run: ({ ctx, input }) => changePassword(ctx, input),
  describe: {
    id: "changePassword",
    summary: "Sets one's own password and ends one's other sessions",
    person: ["member"],
    answers: { 200: shapes.EndedSessions },
    problems: ["sign-in-failed"],
  },
});
