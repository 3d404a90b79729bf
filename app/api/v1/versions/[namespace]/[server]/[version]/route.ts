import { anyInput, route } from "#lib/http/index.ts";
import { getVersion, readVersionAddress } from "#lib/versions/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, request }) => getVersion(ctx, readVersionAddress(request.url)),
});
