import { createToken, listTokens } from "#lib/access/index.ts";
import { anyInput, replyCreated, route } from "#lib/http/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx }) => ({ tokens: await listTokens(ctx) }),
});

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => createToken(ctx, input),
  reply: replyCreated,
});
