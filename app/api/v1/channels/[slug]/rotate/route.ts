import * as shapes from "#lib/api-docs/shapes/index.ts";
import { rotateSecret, rotateSecretSchema } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => rotateSecret(ctx, input),
  describe: {
    id: "rotateSecret",
    summary: "Gives a capability channel a new address",
    person: ["admin"],
    takes: rotateSecretSchema,
    answers: { 200: shapes.RotatedSecret },
    problems: ["reauthentication-required", "not-found", "state-conflict", "conflict"],
  },
});
