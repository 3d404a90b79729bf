import * as shapes from "#lib/api-docs/shapes/index.ts";
import { route } from "#lib/http/index.ts";
import { EntryInput, getLedgerEntry } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: EntryInput,
  run: ({ ctx, input }) => getLedgerEntry(ctx, input),
  describe: {
    id: "getEvent",
    summary: "One event of the audit log",
    person: ["auditor", "admin"],
    token: ["audit"],
    answers: { 200: shapes.Event },
    problems: ["not-found"],
  },
});
