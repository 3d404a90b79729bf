import { clearPersonsTotp, clearPersonsTotpSchema } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => clearPersonsTotp(ctx, input),
  describe: {
    id: "clearAuthenticator",
    summary: "Removes the authenticator of somebody who lost it",
    person: ["admin"],
    takes: clearPersonsTotpSchema,
    answers: { 200: shapes.Person },
    problems: ["reauthentication-required", "not-found", "state-conflict"],
  },
});
