import { anyInput, route } from "#lib/http/index.ts";
import { getNamespace, updateNamespace } from "#lib/namespaces/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => getNamespace(ctx, { name: input.namespace }),
});

export const PATCH = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { namespace, ...patch } }) => updateNamespace(ctx, { ...patch, name: namespace }),
});
