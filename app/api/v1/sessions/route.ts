import { listSessions, signIn, signInSchema } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, replyCreated, route } from "#lib/http/index.ts";

/** The caller's own open sessions. */
export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx }) => listSessions(ctx),
  describe: {
    id: "listSessions",
    summary: "The caller's own open sessions",
    person: ["member"],
    answers: { 200: shapes.Sessions },
  },
});

/** Signs a person in for 15 minutes; the token in the answer is the bearer of what follows. */
export const POST = route({
  caller: "anyone",
  input: signInSchema.omit({ userAgent: true }),
  run: async ({ ctx, input, request }) => {
    const signedIn = await signIn(ctx, { ...input, userAgent: request.headers.get("user-agent") }, "api");
    return { token: signedIn.secret, expiresAt: signedIn.expiresAt.toISOString() };
  },
  reply: replyCreated,
  describe: {
    id: "openSession",
    summary: "Signs a person in for 15 minutes",
    answers: { 201: shapes.OpenedSession },
    problems: ["sign-in-failed"],
  },
});
