import { confirmTotp, confirmTotpSchema } from "#lib/access/index.ts";
import { replyNothing, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: confirmTotpSchema,
  run: ({ ctx, input }) => confirmTotp(ctx, input),
  reply: replyNothing,
});
