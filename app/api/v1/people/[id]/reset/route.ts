import { requestReset, requestResetSchema } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, replyCreated, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { id, ...rest } }) => requestReset(ctx, { personId: id, ...rest }),
  reply: replyCreated,
  describe: {
    id: "requestReset",
    summary: "Makes a one-time link by which a person sets a new password",
    person: ["admin"],
    takes: requestResetSchema.omit({ personId: true }),
    answers: { 201: shapes.CreatedLink },
    problems: ["reauthentication-required", "not-found", "state-conflict"],
  },
});
