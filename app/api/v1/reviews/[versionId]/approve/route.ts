import { ApproveInput, approveVersion } from "#lib/approval/index.ts";
import { route } from "#lib/http/index.ts";

export const POST = route({
  caller: "authenticated",
  input: ApproveInput,
  run: ({ ctx, input }) => approveVersion(ctx, input),
});
