import { route } from "#lib/http/index.ts";
import { EntryInput, getRefusal } from "#lib/ledger/index.ts";

export const GET = route({
  caller: "authenticated",
  input: EntryInput,
  run: ({ ctx, input }) => getRefusal(ctx, input),
});
