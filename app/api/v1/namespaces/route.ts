import { anyInput, replyCreated, route } from "#lib/http/index.ts";
import { createNamespace, listNamespaces } from "#lib/namespaces/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx }) => ({ namespaces: await listNamespaces(ctx) }),
});

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => createNamespace(ctx, input),
  reply: replyCreated,
});
