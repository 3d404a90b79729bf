import { route } from "#lib/http/index.ts";
import { ListRefusalsInput, listRefusals } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: ListRefusalsInput,
  run: ({ ctx, input }) => listRefusals(ctx, input),
});
