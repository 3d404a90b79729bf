import { revokeVersion } from "#lib/approval/index.ts";
import { route } from "#lib/http/index.ts";
import { ReasonInput, readVersionAddress } from "#lib/versions/index.ts";

export const POST = route({
  caller: "authenticated",
  input: ReasonInput,
  run: ({ ctx, input, request }) => revokeVersion(ctx, { ...input, ...readVersionAddress(request.url) }),
});
