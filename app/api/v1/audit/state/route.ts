import { anyInput, route } from "#lib/http/index.ts";
import { chainStates } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx }) => ({ chains: await chainStates(ctx) }),
});
