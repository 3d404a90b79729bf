import * as shapes from "#lib/api-docs/shapes/index.ts";
import { listReaders, readersQuerySchema } from "#lib/channels/index.ts";
import { anyInput, route } from "#lib/http/index.ts";
import { readVersionAddress } from "#lib/versions/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx, input: { namespace: _in, server: _of, ...query }, request }) =>
    listReaders(ctx, { ...query, ...readVersionAddress(request.url) }),
  describe: {
    id: "listReaders",
    summary: "Who resolved a version, as far as the registry can tell, latest first",
    person: ["owner", "reviewer", "auditor", "admin"],
    token: ["audit"],
    takes: readersQuerySchema,
    answers: { 200: shapes.Readers },
    problems: ["not-found"],
  },
});
