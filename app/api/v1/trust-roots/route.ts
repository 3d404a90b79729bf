import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { listTrustRoots } from "#lib/trust/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: async ({ ctx }) => ({ trustRoots: await listTrustRoots(ctx) }),
  describe: {
    id: "listTrustRoots",
    summary: "The trust roots, their authorities and the issuers they may speak for",
    person: ["member"],
    token: ["read"],
    answers: { 200: shapes.TrustRoots },
  },
});
