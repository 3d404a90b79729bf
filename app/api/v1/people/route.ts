import { listPeople } from "#lib/access/index.ts";
import * as shapes from "#lib/api-docs/shapes/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const GET = route({
  caller: "authenticated",
  input: anyInput,
  run: ({ ctx }) => listPeople(ctx),
  describe: {
    id: "listPeople",
    summary: "Everybody with an account, and open invitations",
    person: ["admin"],
    answers: { 200: shapes.People },
  },
});
