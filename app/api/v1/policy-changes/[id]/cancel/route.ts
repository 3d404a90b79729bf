import { anyInput, route } from "#lib/http/index.ts";
import { cancelChange } from "#lib/namespaces/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => cancelChange(ctx, input),
});
