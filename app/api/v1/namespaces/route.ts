import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, replyCreated, route } from "#lib/http/index.ts";
import { createNamespace, createNamespaceSchema, listNamespaces } from "#lib/namespaces/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx }) => ({ namespaces: await listNamespaces(ctx) }),
  describe: {
    id: "listNamespaces",
    summary: "Namespaces the caller has something to do with",
    person: ["member"],
    token: ["read"],
    answers: { 200: shapes.Namespaces },
  },
});

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => createNamespace(ctx, input),
  reply: replyCreated,
  describe: {
    id: "createNamespace",
    summary: "Makes a namespace",
    person: ["admin"],
    takes: createNamespaceSchema,
    answers: { 201: shapes.Namespace },
    problems: ["reauthentication-required", "name-taken"],
  },
});
