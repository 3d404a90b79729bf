import { disableTotp, disableTotpSchema, startTotp } from "#lib/access/index.ts";
import { anyInput, replyCreated, replyNothing, route } from "#lib/http/index.ts";

/** Starts enrolling an authenticator: its secret is in this answer alone. */
export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx }) => startTotp(ctx),
  reply: replyCreated,
});

export const DELETE = route({
  caller: "authenticated",
  input: disableTotpSchema,
  run: ({ ctx, input }) => disableTotp(ctx, input),
  reply: replyNothing,
});
