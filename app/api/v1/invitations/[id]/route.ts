import { revokeInvitation } from "#lib/access/index.ts";
import { anyInput, replyNothing, route } from "#lib/http/index.ts";

export const DELETE = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => revokeInvitation(ctx, input),
  reply: replyNothing,
});
