import { anyInput, replyNothing, route } from "#lib/http/index.ts";
import { addOwner, removeOwner } from "#lib/namespaces/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { namespace, ...rest } }) => addOwner(ctx, { ...rest, name: namespace }),
  reply: replyNothing,
});

export const DELETE = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { namespace, ...rest } }) => removeOwner(ctx, { ...rest, name: namespace }),
  reply: replyNothing,
});
