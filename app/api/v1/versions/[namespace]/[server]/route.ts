import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { listVersions, readVersionAddress } from "#lib/versions/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx, request }) => ({ versions: await listVersions(ctx, readVersionAddress(request.url)) }),
  describe: {
    id: "listVersions",
    summary: "The versions of a server that the caller may see, newest first",
    person: ["member"],
    token: ["read", "publish"],
    answers: { 200: shapes.Versions },
    problems: ["not-found"],
  },
});
