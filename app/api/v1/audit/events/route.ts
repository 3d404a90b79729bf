import { route } from "#lib/http/index.ts";
import { ListLedgerInput, listLedger } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: ListLedgerInput,
  run: ({ ctx, input }) => listLedger(ctx, input),
});
