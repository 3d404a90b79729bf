import { anyInput, replyNothing, route } from "#lib/http/index.ts";
import { addOwner, namespaceOwnerSchema, removeOwner } from "#lib/namespaces/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { namespace, ...rest } }) => addOwner(ctx, { ...rest, name: namespace }),
  reply: replyNothing,
  describe: {
    id: "addOwner",
    summary: "Makes a person an owner",
    person: ["admin"],
    takes: namespaceOwnerSchema.omit({ name: true }),
    answers: { 204: null },
    problems: ["reauthentication-required", "not-found", "conflict"],
  },
});

export const DELETE = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { namespace, ...rest } }) => removeOwner(ctx, { ...rest, name: namespace }),
  reply: replyNothing,
  describe: {
    id: "removeOwner",
    summary: "Ends an ownership",
    person: ["admin"],
    takes: namespaceOwnerSchema.omit({ name: true }),
    answers: { 204: null },
    problems: ["not-found"],
  },
});
