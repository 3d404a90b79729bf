import * as shapes from "#lib/api-docs/shapes/index.ts";
import { route } from "#lib/http/index.ts";
import { ReasonInput, readVersionAddress, reopenVersion } from "#lib/versions/index.ts";

export const POST = route({
  caller: "authenticated",
  input: ReasonInput,
  run: ({ ctx, input, request }) => reopenVersion(ctx, { ...input, ...readVersionAddress(request.url) }),
  describe: {
    id: "reopenVersion",
    summary: "Puts a rejected or withdrawn version back into review",
    person: ["admin"],
    answers: { 200: shapes.Version },
    problems: ["reauthentication-required", "not-found", "state-conflict", "pending-limit"],
  },
});
