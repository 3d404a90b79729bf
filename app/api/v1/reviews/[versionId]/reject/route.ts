import { RejectInput, rejectVersion } from "#lib/approval/index.ts";
import { route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: RejectInput,
  run: ({ ctx, input }) => rejectVersion(ctx, input),
});
