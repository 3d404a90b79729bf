import { changePassword, changePasswordSchema } from "#lib/access/index.ts";
import { route } from "#lib/http/index.ts";

/** One's own password; every other session of the person ends. */
export const POST = route({
  caller: "authenticated",
  input: changePasswordSchema,
  run: ({ ctx, input }) => changePassword(ctx, input),
});
