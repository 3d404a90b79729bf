import { clearPersonsTotp } from "#lib/access/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input }) => clearPersonsTotp(ctx, input),
});
