import { endSession } from "#lib/access/index.ts";
import { anyInput, replyNothing, route } from "#lib/http/index.ts";

export const DELETE = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx }) => endSession(ctx, { session: "current" }),
  reply: replyNothing,
  describe: {
    id: "endCurrentSession",
    summary: "Signs out",
    person: ["member"],
    answers: { 204: null },
  },
});
