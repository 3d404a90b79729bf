import { listPeople } from "#lib/access/index.ts";
import { anyInput, route } from "#lib/http/index.ts";

export const GET = route({ caller: "authenticated", input: anyInput, run: ({ ctx }) => listPeople(ctx) });
