import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { revokeManagedKey, revokeManagedKeySchema } from "#lib/publishers/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => revokeManagedKey(ctx, input),
  describe: {
    id: "revokeKey",
    summary: "Ends a publisher's key for good",
    person: ["owner", "admin"],
    takes: revokeManagedKeySchema,
    answers: { 200: shapes.Key },
    problems: ["not-found", "state-conflict"],
  },
});
