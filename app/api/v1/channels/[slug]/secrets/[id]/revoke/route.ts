import * as shapes from "#lib/api-docs/shapes/index.ts";
import { revokeSecret, revokeSecretSchema } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => revokeSecret(ctx, input),
  describe: {
    id: "revokeSecret",
    summary: "Ends one address of a capability channel at once",
    person: ["admin"],
    takes: revokeSecretSchema,
    answers: { 200: shapes.Channel },
    problems: ["not-found", "state-conflict"],
  },
});
