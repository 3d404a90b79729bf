import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, replyCreated, route } from "#lib/http/index.ts";
import { addManagedKey, addManagedKeySchema } from "#lib/publishers/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => addManagedKey(ctx, input),
  reply: replyCreated,
  describe: {
    id: "addKey",
    summary: "Registers a publisher's public key; by itself it lets nobody publish",
    person: ["owner", "admin"],
    takes: addManagedKeySchema,
    answers: { 201: shapes.Key },
    problems: ["reauthentication-required", "not-found", "conflict"],
  },
});
