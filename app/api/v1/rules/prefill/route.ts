import { anyInput, route } from "#lib/http/index.ts";
import { prefillFromRefusal } from "#lib/publishers/index.ts";

/** `?seq=` names an entry of the refusal chain. */
export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => prefillFromRefusal(ctx, input),
});
