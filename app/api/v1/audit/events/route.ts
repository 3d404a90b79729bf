import * as shapes from "#lib/api-docs/shapes/index.ts";
import { route } from "#lib/http/index.ts";
import { ListLedgerInput, listLedger } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: ListLedgerInput,
  run: ({ ctx, input }) => listLedger(ctx, input),
  describe: {
    id: "listEvents",
    summary: "The audit log, newest first",
    person: ["auditor", "admin"],
    token: ["audit"],
    answers: { 200: shapes.Events },
  },
});
