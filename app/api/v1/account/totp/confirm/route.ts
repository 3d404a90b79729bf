import { confirmTotp, confirmTotpSchema } from "#lib/access/index.ts";
import { replyNothing, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: confirmTotpSchema,
  run: ({ ctx, input }) => confirmTotp(ctx, input),
  reply: replyNothing,
  describe: {
    id: "confirmAuthenticator",
    summary: "Puts the started authenticator in force, by one right code",
    person: ["member"],
    answers: { 204: null },
    problems: ["reauthentication-required", "state-conflict"],
  },
});
