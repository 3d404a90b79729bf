import { deactivatePerson } from "#lib/access/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => deactivatePerson(ctx, input),
});
