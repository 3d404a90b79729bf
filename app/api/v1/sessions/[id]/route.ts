import { z } from "zod";
import { endSession, endSessionSchema } from "#lib/access/index.ts";
import { replyNothing, route } from "#lib/http/index.ts";

/** Ends one of the caller's own sessions, or `others`: all but the one that asks. */
export const DELETE = route({
  caller: "authenticated",
  input: z.object({ id: endSessionSchema.shape.session }),
  run: ({ ctx, input }) => endSession(ctx, { session: input.id }),
  reply: replyNothing,
  describe: {
    id: "endSession",
    summary: "Ends one of the caller's own sessions, or `others`",
    person: ["member"],
    answers: { 204: null },
    problems: ["not-found"],
  },
});
