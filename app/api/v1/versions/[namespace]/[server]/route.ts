import { anyInput, route } from "#lib/http/index.ts";
import { listVersions, readVersionAddress } from "#lib/versions/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx, request }) => ({ versions: await listVersions(ctx, readVersionAddress(request.url)) }),
});
