import { revokeInvitation, revokeInvitationSchema } from "#lib/access/index.ts";
import { anyInput, replyNothing, route } from "#lib/http/index.ts";

export const DELETE = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => revokeInvitation(ctx, input),
  reply: replyNothing,
  describe: {
    id: "revokeInvitation",
    summary: "Ends an open invitation",
    person: ["admin"],
    takes: revokeInvitationSchema,
    answers: { 204: null },
    problems: ["not-found"],
  },
});
