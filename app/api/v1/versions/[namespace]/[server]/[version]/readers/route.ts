import * as shapes from "#lib/api-docs/shapes/index.ts";
import { listReaders } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { readVersionAddress } from "#lib/versions/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, request }) => listReaders(ctx, readVersionAddress(request.url)),
  describe: {
    id: "listReaders",
    summary: "Who resolved a version, as far as the registry can tell",
    person: ["owner", "reviewer", "auditor", "admin"],
    token: ["audit"],
    answers: { 200: shapes.Readers },
    problems: ["not-found"],
  },
});
