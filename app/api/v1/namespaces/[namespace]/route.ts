import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { getNamespace, updateNamespace, updateNamespaceSchema } from "#lib/namespaces/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => getNamespace(ctx, { name: input.namespace }),
  describe: {
    id: "getNamespace",
    summary: "One namespace with its rules, keys and waiting changes",
    person: ["member"],
    token: ["read"],
    answers: { 200: shapes.Namespace },
    problems: ["not-found"],
  },
});

export const PATCH = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { namespace, ...patch } }) => updateNamespace(ctx, { ...patch, name: namespace }),
  describe: {
    id: "updateNamespace",
    summary: "Changes a policy: stricter at once, looser with a second admin",
    person: ["owner", "admin"],
    takes: updateNamespaceSchema.omit({ name: true }),
    answers: { 200: shapes.ChangeOutcome },
    problems: ["reauthentication-required", "not-found"],
  },
});
