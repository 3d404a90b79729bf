import { createToken, createTokenSchema, listTokens } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, replyCreated, route } from "#lib/http/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx }) => ({ tokens: await listTokens(ctx) }),
  describe: {
    id: "listTokens",
    summary: "API tokens: for an admin all, for others their own",
    person: ["member"],
    answers: { 200: shapes.Tokens },
  },
});

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => createToken(ctx, input),
  reply: replyCreated,
  describe: {
    id: "createToken",
    summary: "Makes an API token",
    person: ["member"],
    takes: createTokenSchema,
    answers: { 201: shapes.CreatedToken },
    problems: ["reauthentication-required"],
  },
});
