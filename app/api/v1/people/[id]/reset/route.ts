import { requestReset } from "#lib/access/index.ts";
import { anyInput, replyCreated, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { id, ...rest } }) => requestReset(ctx, { personId: id, ...rest }),
  reply: replyCreated,
});
