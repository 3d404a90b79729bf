import { invitePerson, invitePersonSchema } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, replyCreated, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => invitePerson(ctx, input),
  reply: replyCreated,
  describe: {
    id: "invitePerson",
    summary: "Makes a one-time link by which a person joins",
    person: ["admin"],
    takes: invitePersonSchema,
    answers: { 201: shapes.CreatedLink },
    problems: ["reauthentication-required", "conflict"],
  },
});
