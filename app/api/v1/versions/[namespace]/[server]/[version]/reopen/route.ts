import { route } from "#lib/http/index.ts";
import { ReasonInput, readVersionAddress, reopenVersion } from "#lib/versions/index.ts";

export const POST = route({
  caller: "authenticated",
  input: ReasonInput,
  run: ({ ctx, input, request }) => reopenVersion(ctx, { ...input, ...readVersionAddress(request.url) }),
});
