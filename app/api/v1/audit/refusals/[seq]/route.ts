import * as shapes from "#lib/api-docs/shapes/index.ts";
import { route } from "#lib/http/index.ts";
import { EntryInput, getRefusal } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: EntryInput,
  run: ({ ctx, input }) => getRefusal(ctx, input),
  describe: {
    id: "getRefusal",
    summary: "One refusal or sign-in",
    person: ["auditor", "admin"],
    token: ["audit"],
    answers: { 200: shapes.Refusal },
    problems: ["not-found"],
  },
});
