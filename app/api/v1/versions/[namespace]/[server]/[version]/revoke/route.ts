import * as shapes from "#lib/api-docs/shapes/index.ts";
import { revokeVersion } from "#lib/approval/index.ts";
import { route } from "#lib/http/index.ts";
import { ReasonInput, readVersionAddress } from "#lib/versions/index.ts";

export const POST = route({
  caller: "authenticated",
  input: ReasonInput,
  run: ({ ctx, input, request }) => revokeVersion(ctx, { ...input, ...readVersionAddress(request.url) }),
  describe: {
    id: "revokeVersion",
    summary: "Takes an approval back for good, signed",
    person: ["reviewer", "admin"],
    answers: { 200: shapes.Version },
    problems: ["reauthentication-required", "not-found", "state-conflict"],
  },
});
