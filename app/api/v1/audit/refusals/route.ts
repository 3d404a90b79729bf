import * as shapes from "#lib/api-docs/shapes/index.ts";
import { route } from "#lib/http/index.ts";
import { ListRefusalsInput, listRefusals } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: ListRefusalsInput,
  run: ({ ctx, input }) => listRefusals(ctx, input),
  describe: {
    id: "listRefusals",
    summary: "Refusals and sign-ins, newest first",
    person: ["auditor", "admin"],
    token: ["audit"],
    answers: { 200: shapes.Refusals },
  },
});
