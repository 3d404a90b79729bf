import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { chainStates } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx }) => ({ chains: await chainStates(ctx) }),
  describe: {
    id: "getChainStates",
    summary: "Whether both chains are whole, verified now",
    person: ["auditor", "admin"],
    token: ["audit"],
    answers: { 200: shapes.ChainStates },
  },
});
