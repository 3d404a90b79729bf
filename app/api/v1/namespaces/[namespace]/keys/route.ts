import { anyInput, replyCreated, route } from "#lib/http/index.ts";
import { addManagedKey } from "#lib/publishers/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => addManagedKey(ctx, input),
  reply: replyCreated,
});
