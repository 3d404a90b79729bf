import { updateGrants } from "#lib/access/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const PATCH = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => updateGrants(ctx, input),
});
