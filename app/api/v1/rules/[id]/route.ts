import { anyInput, route } from "#lib/http/index.ts";
import { retireRule } from "#lib/publishers/index.ts";

export const DELETE = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => retireRule(ctx, input),
});
