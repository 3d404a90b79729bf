import { invitePerson } from "#lib/access/index.ts";
import { anyInput, replyCreated, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => invitePerson(ctx, input),
  reply: replyCreated,
});
