import * as shapes from "#lib/api-docs/shapes/index.ts";
import { route } from "#lib/http/index.ts";
import { OptionalReasonInput, readVersionAddress, withdrawVersion } from "#lib/versions/index.ts";

export const POST = route({
  caller: "authenticated",
  input: OptionalReasonInput,
  run: ({ ctx, input, request }) => withdrawVersion(ctx, { ...input, ...readVersionAddress(request.url) }),
  describe: {
    id: "withdrawVersion",
    summary: "Takes a pending version back",
    person: ["uploader", "owner"],
    token: ["publish"],
    answers: { 200: shapes.Version },
    problems: ["not-found", "state-conflict"],
  },
});
