import { route } from "#lib/http/index.ts";
import { OptionalReasonInput, readVersionAddress, withdrawVersion } from "#lib/versions/index.ts";

export const POST = route({
  caller: "authenticated",
  input: OptionalReasonInput,
  run: ({ ctx, input, request }) => withdrawVersion(ctx, { ...input, ...readVersionAddress(request.url) }),
});
