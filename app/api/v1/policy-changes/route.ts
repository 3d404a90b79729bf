import { anyInput, route } from "#lib/http/index.ts";
import { listChanges } from "#lib/namespaces/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx, input }) => ({ changes: await listChanges(ctx, input) }),
});
