import { disableTotp, disableTotpSchema, startTotp } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, replyCreated, replyNothing, route } from "#lib/http/index.ts";

/** Starts enrolling an authenticator: its secret is in this answer alone. */
export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx }) => startTotp(ctx),
  reply: replyCreated,
  describe: {
    id: "startAuthenticator",
    summary: "Starts enrolling an authenticator app",
    person: ["member"],
    answers: { 201: shapes.Authenticator },
    problems: ["reauthentication-required", "state-conflict"],
  },
});

export const DELETE = route({
  caller: "authenticated",
  input: disableTotpSchema,
  run: ({ ctx, input }) => disableTotp(ctx, input),
  reply: replyNothing,
  describe: {
    id: "removeAuthenticator",
    summary: "Removes one's own authenticator, against password and code",
    person: ["member"],
    answers: { 204: null },
    problems: ["sign-in-failed", "state-conflict"],
  },
});
