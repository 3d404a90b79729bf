import { whoami } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx }) => whoami(ctx),
  describe: {
    id: "whoami",
    summary: "Whom the registry takes the caller for",
    person: ["member"],
    token: [],
    answers: { 200: shapes.Whoami },
  },
});
