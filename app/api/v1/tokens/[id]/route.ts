import { revokeToken, revokeTokenSchema } from "#lib/access/index.ts";
import { anyInput, replyNothing, route } from "#lib/http/index.ts";

export const DELETE = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => revokeToken(ctx, input),
  reply: replyNothing,
  describe: {
    id: "revokeToken",
    summary: "Ends an API token at once",
    person: ["member"],
    takes: revokeTokenSchema,
    answers: { 204: null },
    problems: ["not-found"],
  },
});
