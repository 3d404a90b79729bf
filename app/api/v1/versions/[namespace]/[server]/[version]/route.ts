import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { getVersion, readVersionAddress } from "#lib/versions/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, request }) => getVersion(ctx, readVersionAddress(request.url)),
  describe: {
    id: "getVersion",
    summary: "One version, with its signatures and countersignatures",
    person: ["member"],
    token: ["read", "publish"],
    answers: { 200: shapes.Version },
    problems: ["not-found"],
  },
});
