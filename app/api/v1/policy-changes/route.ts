import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { listChanges, listChangesSchema } from "#lib/namespaces/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx, input }) => ({ changes: await listChanges(ctx, input) }),
  describe: {
    id: "listPolicyChanges",
    summary: "Changes that wait, applied or were cancelled",
    person: ["member"],
    token: ["read"],
    takes: listChangesSchema,
    answers: { 200: shapes.PolicyChanges },
  },
});
