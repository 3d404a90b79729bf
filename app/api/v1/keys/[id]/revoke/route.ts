import { anyInput, route } from "#lib/http/index.ts";
import { revokeManagedKey } from "#lib/publishers/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => revokeManagedKey(ctx, input),
});
