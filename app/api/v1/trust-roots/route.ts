import { anyInput, route } from "#lib/http/index.ts";
import { listTrustRoots } from "#lib/trust/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx }) => ({ trustRoots: await listTrustRoots(ctx) }),
});
